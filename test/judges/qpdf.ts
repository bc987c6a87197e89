import { ask, withFiles } from "./judge.ts";

/** What `qpdf --check` found, as counts that can be compared before and after. */
export type QpdfCheck = { readonly errors: number; readonly warnings: number; readonly report: string };

/** @param pdf a file that opens without a password */
export function qpdfCheck(pdf: Uint8Array): Promise<QpdfCheck> {
  return withFiles({ "checked.pdf": pdf }, async (path) => {
    const { status, out, err } = await ask("qpdf", ["--check", path["checked.pdf"]]);
    const report = `${out}${err}`.replaceAll(path["checked.pdf"], "FILE");
    const warnings = report.match(/^WARNING: /gm)?.length ?? 0;
    // Exit status: 0 clean, 3 warnings only, 2 errors (qpdf manual, "Exit Status").
    return { errors: status === 0 || status === 3 ? 0 : 1, warnings, report };
  });
}
