import { ask, pem, withFiles } from "./judge.ts";

/** What `pyhanko sign validate` says: `accepted` where its bottom line is VALID. */
export type PyhankoVerdict = { readonly accepted: boolean; readonly report: string };

/**
 * @param root the only trust anchor
 * @param at the moment at which the chains must be valid, ms
 */
export function pyhankoValidate(pdf: Uint8Array, root: Uint8Array, at: number): Promise<PyhankoVerdict> {
  return withFiles({ "signed.pdf": pdf, root: pem(root) }, async (path) => {
    const trust = ["--trust", path.root, "--trust-replace", "--no-revocation-check"];
    const moment = ["--validation-time", new Date(at).toISOString()];
    const { status, out, err } = await ask("pyhanko", [
      "sign",
      "validate",
      ...trust,
      ...moment,
      "--pretty-print",
      path["signed.pdf"],
    ]);
    return { accepted: status === 0 && /The signature is judged VALID/.test(out), report: `${out}${err}` };
  });
}
