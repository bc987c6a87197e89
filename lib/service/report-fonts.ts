import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type ReportFonts = { readonly regular: Uint8Array; readonly bold: Uint8Array };

/** A font's file, and where the package has it. */
type FontFile = { readonly name: string; readonly packaged: () => string };

/** Be Vietnam Pro (SIL Open Font License 1.1). */
const REGULAR: FontFile = {
  name: "BeVietnamPro_400Regular.ttf",
  packaged: () => import.meta.resolve("@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf"),
};
const BOLD: FontFile = {
  name: "BeVietnamPro_700Bold.ttf",
  packaged: () => import.meta.resolve("@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf"),
};
/** Goes wherever the font goes. */
const LICENCE: FontFile = {
  name: "OFL.txt",
  packaged: () => import.meta.resolve("@expo-google-fonts/be-vietnam-pro/LICENSE_FONT"),
};
/** Where bin/bundling.ts puts them, beside the code. */
const BUNDLED = "fonts";

let held: ReportFonts | undefined;

/** The fonts of reports; read when the first one is drawn, since most instances of a function never draw any. */
export function reportFonts(): ReportFonts {
  held ??= { regular: read(REGULAR), bold: read(BOLD) };
  return held;
}

/** The files as they lie in the package, licence included, for bin/bundling.ts. */
export function reportFontFiles(): readonly { readonly path: string; readonly name: string }[] {
  return [REGULAR, BOLD, LICENCE].map(({ name, packaged }) => ({ path: fileURLToPath(packaged()), name }));
}

function read({ name, packaged }: FontFile): Uint8Array {
  const beside = fileURLToPath(new URL(`./${BUNDLED}/${name}`, import.meta.url));
  return new Uint8Array(readFileSync(existsSync(beside) ? beside : fileURLToPath(packaged())));
}
