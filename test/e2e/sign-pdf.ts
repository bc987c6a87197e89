import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Output } from "../../bin/motlan/output.ts";
import { sign } from "../../bin/motlan/sign.ts";

export type Signed = { readonly bytes: Uint8Array; readonly result: Readonly<Record<string, unknown>> };

/**
 * Signs as `motlan sign FILE --persona NAME` does: prepare, open the transaction, log in, sign, embed, read back.
 *
 * @throws Fault as the command does; then no file was written
 */
export async function signPdf(server: string, bytes: Uint8Array, persona: string, reason?: string): Promise<Signed> {
  const folder = mkdtempSync(join(tmpdir(), "motlan-sign-"));
  try {
    const file = join(folder, "tai-lieu.pdf");
    const out = join(folder, "signed.pdf");
    writeFileSync(file, bytes);
    let result: Signed["result"] = {};
    const output: Output = {
      result: (value) => {
        result = value;
      },
      progress: () => undefined,
    };
    await sign({ file, out, server, persona, reason, locale: "vi", yes: true, force: false }, output);
    return { bytes: new Uint8Array(readFileSync(out)), result };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
