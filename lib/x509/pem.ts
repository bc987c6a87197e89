import { fromBase64, toBase64 } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";

export type PemBlock = { readonly label: string; readonly octets: Bytes };

/** Largest text: a bundle of trust anchors has some hundred KB. */
const MAX_PEM = 4 * 1024 * 1024;

/** RFC 7468 §3: 64 characters a line. @param label "CERTIFICATE", "PRIVATE KEY" … */
export function toPem(label: string, octets: Uint8Array): string {
  const lines = toBase64(octets).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/**
 * The blocks of a text; what stands between them is explanation and passed over (RFC 7468 §5.2).
 *
 * @throws Fault `x509_malformed`: a block without an end, or what is no base64
 */
export function fromPem(text: string): PemBlock[] {
  if (text.length > MAX_PEM) throw new Fault("der_limit", `a PEM text of ${text.length} characters`);
  const found: PemBlock[] = [];
  let open: { label: string; body: string[] } | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, edge, label] = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----[ \t]*$/.exec(line) ?? [];
    if (edge === undefined || label === undefined) open?.body.push(line);
    else if (edge === "BEGIN" && open === undefined) open = { label, body: [] };
    else if (edge === "END" && open?.label === label) {
      found.push({ label, octets: decode(open.body) });
      open = undefined;
    } else throw new Fault("x509_malformed", "PEM blocks that do not pair");
  }
  if (open !== undefined) throw new Fault("x509_malformed", "a PEM block without an end");
  return found;
}

function decode(lines: readonly string[]): Bytes {
  const octets = fromBase64(lines.join("").replace(/[ \t]/g, ""));
  if (octets === undefined) throw new Fault("x509_malformed", "a PEM block that is not base64");
  return octets;
}
