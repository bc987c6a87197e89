import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Row } from "./report.ts";

/** What is deployed of each function: its bundle, as it lies in dist/ and as a download. */
export function bundleSizes(): Row[] {
  const names = readdirSync("dist", { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "maps",
  );
  return names.flatMap(({ name }) => {
    const code = readFileSync(join("dist", name, "index.mjs"));
    return [
      { name: `size: ${name}`, value: code.length / 1024, unit: "KiB" },
      { name: `size: ${name}, gzip`, value: gzipSync(code).length / 1024, unit: "KiB" },
    ] satisfies Row[];
  });
}
