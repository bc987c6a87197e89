import { ROUTES } from "./routes.ts";

/**
 * Patterns that cover the path of every route and of no page, as CloudFront writes them: `*` is any run of characters, everything else
 * is itself. A route of one segment is its own pattern; the others are covered by their first segment.
 */
export const API_PATTERNS: readonly string[] = [
  ...new Set(
    ROUTES.map(({ path }) => {
      const [, first = "", ...rest] = path.split("/");
      return rest.length === 0 ? `/${first}` : `/${first}/*`;
    }),
  ),
].sort();

/** Whether a path is the API's to answer, even if only with "not found". */
export function isOfApi(path: string): boolean {
  return API_PATTERNS.some((pattern) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  );
}
