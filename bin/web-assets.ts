import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file that is served as it is. */
export type StaticAsset = {
  /** Address, from the root of the site. */
  readonly path: string;
  /** Where it lies here. */
  readonly file: string;
};

/** Folders that PDF.js fetches from when a document needs it: character maps, fonts that files do not bring, decoders, a profile. */
const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"];
/** The one that paints; the one that reads is bundled with the others (web/workers/pdf-reader.ts). */
const PAINTER = "pdf.renderer.min.mjs";
/** The engine that PDF.js would run scripts of documents in. It is not there to be started. */
const SCRIPTING = /quickjs/i;

/** Every file that the pages load by an address of its own. */
export function staticAssets(): readonly StaticAsset[] {
  return [...pdfjsAssets(), ...zxingAssets()];
}

/** The decoder of QR codes for browsers that have none. */
function zxingAssets(): readonly StaticAsset[] {
  const file = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  const { version } = JSON.parse(readFileSync(join(dirname(file), "../../package.json"), "utf8")) as {
    version: string;
  };
  return [{ path: `/assets/zxing/${version}/zxing_reader.wasm`, file }];
}

/** The files of PDF.js that the viewer loads by address. The release is in the address: they never change. */
export function pdfjsAssets(): readonly StaticAsset[] {
  const root = dirname(fileURLToPath(import.meta.resolve("pdfjs-dist/package.json")));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const at = (name: string, file: string): StaticAsset => ({ path: `/assets/pdfjs/${version}/${name}`, file });
  return [
    at(PAINTER, join(root, "legacy/build", PAINTER)),
    ...FOLDERS.flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => !SCRIPTING.test(name))
        .map((name) => at(`${folder}/${name}`, join(root, folder, name))),
    ),
  ];
}
