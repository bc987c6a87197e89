import { createHash } from "node:crypto";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { signedAttributes, signedData } from "../../lib/cms/sign.ts";
import { issueToken } from "../../lib/tsp/token.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import type { Party, World } from "./world.ts";

/** A signature by a one-time key as the service makes it: level B-T. */
export async function signCms(world: World, content: Uint8Array, signer: Party = world.oneTime()): Promise<Bytes> {
  const attributes = signedAttributes({ digest: sha256(content), signerCertificate: signer.certificate.raw });
  const signature = signer.sign(attributes);
  return signedData({
    signedAttributes: attributes,
    signature,
    certificates: [signer.certificate.raw, world.issuingCa.certificate.raw],
    timestampToken: await stamp(world, signature),
  });
}

/** A time-stamp token of the world's TSA over `data`, at the world's moment unless another is given (ms). */
export function stamp(world: World, data: Uint8Array, genTime: number = world.now): Promise<Bytes> {
  return issueToken(
    {
      hash: "SHA-256",
      imprint: sha256(data),
      serial: world.random(16),
      genTime,
      policy: POLICY.timestamp,
      certificate: world.tsa.certificate,
      chain: [],
      includeCertificates: true,
    },
    world.tsa.signer,
  );
}

export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
