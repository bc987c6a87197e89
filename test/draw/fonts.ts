import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of the font that reports are set in. @param weight "400Regular" */
export function fontFile(weight: string): Uint8Array {
  const name = `@expo-google-fonts/be-vietnam-pro/${weight}/BeVietnamPro_${weight}.ttf`;
  return new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(name))));
}
