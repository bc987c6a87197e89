import { expect, test } from "vitest";
import { codeOf } from "./code.ts";
import { importsOf, packageOf } from "./imports.ts";

const words = (source: string): string => codeOf(source).replace(/\s+/g, " ").trim();

test("codeOf keeps names in code and drops them in comments, strings and regular expressions", () => {
  expect(words("const a = Buffer; // process")).toBe("const a = Buffer;");
  expect(words("/** Date.now() */ const b = 'fetch' + \"process\";")).toBe("const b = + ;");
  expect(words("const c = /[\"'`]Buffer/.test(x) ? y / z / Buffer : 0;")).toBe(
    "const c = .test(x) ? y / z / Buffer : 0;",
  );
  expect(words('const url = "https://example.com"; next();')).toBe("const url = ; next();");
});

test("codeOf keeps what is filled into a template, and only that", () => {
  expect(words("const d = `fetch §{Date.now()} process §{`in §{Buffer} ner`} end`; f();".replaceAll("§", "$"))).toBe(
    "const d = Date.now() Buffer ; f();",
  );
});

test("codeOf keeps line numbers", () => {
  expect(codeOf('/* a\nb */ x;\n"c"; y;').split("\n")).toEqual(["    ", "     x;", "   ; y;"]);
});

test("importsOf finds imports and re-exports of values and types, over several lines, and dynamic ones", () => {
  const source = [
    'import "./a.ts";',
    'import type { B } from "../b/b.ts";',
    "import {\n  c,\n  d,\n} from 'pkg/sub';",
    'export type { E } from "#crypto";',
    'export const from = "not/an/import.ts";',
    ' * import { f } from "./comment.ts";',
    '  const g = await import("./g.ts");',
    '  // await import("./h.ts");',
  ].join("\n");
  expect(importsOf("lib/x/x.ts", source)).toEqual(["lib/x/a.ts", "lib/b/b.ts", "pkg/sub", "#crypto", "lib/x/g.ts"]);
});

test("packageOf names the package of a bare specifier and of nothing else", () => {
  expect(packageOf("@aws-sdk/client-kms")).toBe("@aws-sdk/client-kms");
  expect(packageOf("hono/aws-lambda")).toBe("hono");
  for (const other of ["lib/pdf/xref.ts", "#crypto", "node:fs", "test/repo/code.ts", "vitest.config.ts"])
    expect(packageOf(other), other).toBeUndefined();
});
