import { posix } from "node:path";

/** Static imports and re-exports start a line (the formatter sees to that), which no line of a comment does. */
const STATIC = /^(?:import|export)\b(?:[^"';]*?\bfrom)?\s*["']([^"'\n]+)["']/gm;
const DYNAMIC = /^(?!\s*(?:\*|\/\/)).*?\bimport\(\s*["']([^"'\n]+)["']/gm;

/** What a module imports, types included: paths from the repository's root for relative ones, else as written. */
export function importsOf(path: string, source: string): readonly string[] {
  const found = [STATIC, DYNAMIC].flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""));
  return found.map((specifier) =>
    specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), specifier)) : specifier,
  );
}

/** "@aws-sdk/client-kms/dist/x.js" -> "@aws-sdk/client-kms"; undefined for paths, built-in modules and `#` names. */
export function packageOf(specifier: string): string | undefined {
  if (/^(lib|bin|functions|test|bench|web)\/|^\.|^#|^node:|^[^@][^/]*\.(ts|mjs)$/.test(specifier)) return undefined;
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[1];
}
