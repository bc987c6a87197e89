import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, withFiles } from "./judge.ts";

/** Enough to see a glyph change, small enough to be quick. */
const DOTS_PER_INCH = 40;

/** @returns one SHA-256 in hex a page of what poppler draws; empty where it draws nothing */
export function renderHashes(pdf: Uint8Array): Promise<string[]> {
  return withFiles({ "drawn.pdf": pdf }, async (path, folder) => {
    await ask("pdftoppm", ["-r", String(DOTS_PER_INCH), path["drawn.pdf"], join(folder, "page")]);
    const pages = readdirSync(folder).filter((name) => name.startsWith("page"));
    return pages.sort().map((name) =>
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    );
  });
}
