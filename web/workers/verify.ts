import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { type Verified, verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import type { CertificateDetail, DeviceAnswer, Question, Told } from "../check/protocol.ts";

/** Octets between two words about how far reading is: a bar that moves costs less than what it is about. */
const STEP = 1_000_000;

const tell = (told: Told): void => postMessage(told);

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (found) => tell({ kind: "answer", answer: found }),
    (error: unknown) => tell({ kind: "fault", code: codeOf(error) }),
  );
});

async function answer({ file, anchors, at }: Question): Promise<DeviceAnswer> {
  const pdf = await read(file);
  tell({ kind: "judging" });
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", pdf)));
  const trusted = anchors.map((anchor) => ({ ...anchor, certificate: parseCertificate(anchor.certificate) }));
  const verified = await verifyPdf(pdf, { anchors: trusted, at, policy: DEFAULT_POLICY });
  return { verification: verified.verification, sha256, ...besides(verified) };
}

/** Into memory that is as large as the file, part by part. @throws Fault `file_unreadable` */
async function read(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const octets = new Uint8Array(file.size);
  let [at, next] = [0, 0];
  const reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    octets.set(part.value, at);
    at += part.value.length;
    if (at < next) continue;
    tell({ kind: "reading", part: at / file.size });
    next = at + STEP;
  }
  if (at !== file.size) throw new Fault("file_unreadable", "shorter than it said");
  return octets;
}

function besides({ verification, facts }: Verified): Pick<DeviceAnswer, "extras" | "certificates"> {
  const certificates: Record<string, CertificateDetail> = {};
  const extras = verification.signatures.map(({ chain }, i) => {
    for (const { sha256 } of chain) {
      const known = facts.certificates[sha256];
      if (known === undefined) continue;
      const { serial, notBefore, notAfter, key, policies, subject } = known;
      certificates[sha256] = { serial, notBefore, notAfter, key, policies, organization: subject.organization };
    }
    const { byteRange, problems } = facts.signatures[i]?.cover ?? { byteRange: null, problems: [] };
    const [, , from = 0, length = 0] = byteRange ?? [];
    return { signedSize: byteRange === null || problems.length > 0 ? null : from + length };
  });
  return { extras, certificates };
}

function codeOf(error: unknown): Extract<Told, { kind: "fault" }>["code"] {
  if (error instanceof Fault) return error.code;
  // Too deep a recursion, or more memory than there is.
  if (error instanceof RangeError) return "memory_limit";
  return error instanceof DOMException ? "file_unreadable" : "internal";
}
