import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Made by tools or by running the service; never part of the repository (.gitignore). */
const NOT_OURS = new Set(["node_modules", ".git", "dist", "cdk.out", ".motlan", "coverage"]);

/** Every file under a directory of the repository, as a path from its root with forward slashes, sorted. */
export function filesUnder(directory: string): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = directory === "." ? entry.name : join(directory, entry.name).replaceAll("\\", "/");
    if (entry.isDirectory()) found.push(...filesUnder(path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

/** Sources by path: what the checks of this room look at, so that they can be shown a planted one as well. */
export type Sources = ReadonlyMap<string, string>;

export function sourcesUnder(...directories: readonly string[]): Sources {
  const paths = directories.flatMap(filesUnder).filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  return new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

/** `lib/pdf/xref.ts` -> "pdf"; undefined outside lib. */
export const roomOf = (path: string): string | undefined => /^lib\/([^/]+)\//.exec(path)?.[1];
