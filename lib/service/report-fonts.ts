import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type ReportFonts = { readonly regular: Uint8Array; readonly bold: Uint8Array };

/** Be Vietnam Pro (SIL Open Font License 1.1), as the package `@expo-google-fonts/be-vietnam-pro` has it. */
const FILES = {
  regular: "400Regular/BeVietnamPro_400Regular.ttf",
  bold: "700Bold/BeVietnamPro_700Bold.ttf",
} as const;
/** Where bin/bundling.ts puts them, beside the code. */
const BUNDLED = "fonts";

let held: ReportFonts | undefined;

/** The fonts of reports; read when the first one is drawn, since most instances of a function never draw any. */
export function reportFonts(): ReportFonts {
  held ??= { regular: read(FILES.regular), bold: read(FILES.bold) };
  return held;
}

/** The files as they lie in the package, for bin/bundling.ts. */
export function reportFontFiles(): readonly { readonly path: string; readonly name: string }[] {
  return Object.values(FILES).map((file) => ({ path: packaged(file), name: nameOf(file) }));
}

function read(file: string): Uint8Array {
  const beside = fileURLToPath(new URL(`./${BUNDLED}/${nameOf(file)}`, import.meta.url));
  return new Uint8Array(readFileSync(existsSync(beside) ? beside : packaged(file)));
}

function packaged(file: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${file}`));
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
