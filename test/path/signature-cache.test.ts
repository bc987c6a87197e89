import { expect, test } from "vitest";
import { oid, sequence } from "../../lib/asn1/write.ts";
import { newSignatureCache } from "../../lib/path/signature-cache.ts";
import { lacksParameters, workingKey } from "../../lib/path/working-key.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import dsaKeys from "../vectors/crypto/dsa-keys.json" with { type: "json" };
import { issue, newKey } from "./authority.ts";

const issuer = issue({ name: "Issuer" });
const { certificate } = issue({ name: "Target", by: issuer });

test("a signature is computed once for each certificate and key, however the certificate was read", async () => {
  const cache = newSignatureCache();
  const other = newKey().spki;
  for (let i = 0; i < 3; i++) {
    expect(await cache.check(certificate, issuer.key.spki)).toBe("valid");
    expect(await cache.check(parseCertificate(certificate.raw), issuer.key.spki.slice())).toBe("valid");
    expect(await cache.check(certificate, other)).toBe("invalid");
  }
  expect(cache.verifications()).toBe(2);
});

test("certificates whose signatures are the same octets are not the same", async () => {
  const cache = newSignatureCache();
  expect(await cache.check(certificate, issuer.key.spki)).toBe("valid");
  const swapped = { ...certificate, raw: issuer.certificate.raw, tbs: issuer.certificate.tbs };
  expect(await cache.check(swapped, issuer.key.spki)).toBe("invalid");
});

test("what cannot be computed is neither valid nor invalid", async () => {
  const cache = newSignatureCache();
  const strange = issue({ name: "Strange", by: issuer, algorithm: sequence(oid("1.2.3.4")) });
  expect(await cache.check(strange.certificate, issuer.key.spki)).toBe("unsupported");
  expect(await cache.check(certificate, new Uint8Array(0))).toBe("unsupported");
  expect(await cache.check(certificate, sequence(sequence(oid("1.2.3")), Uint8Array.of(3, 1, 0)))).toBe("unsupported");
});

test("beyond its allowance nothing is computed, and what is known stays known", async () => {
  const cache = newSignatureCache(1);
  expect(await cache.check(certificate, issuer.key.spki)).toBe("valid");
  expect(await cache.check(certificate, newKey().spki)).toBe("unchecked");
  expect(await cache.check(certificate, issuer.key.spki)).toBe("valid");
});

test("larger keys cost more", async () => {
  const large = new Uint8Array(2086).fill(0x30);
  const cache = newSignatureCache(17);
  expect(await cache.check(certificate, large)).toBe("unsupported");
  expect(await cache.check(certificate, newKey().spki)).toBe("unchecked");
});

test("DSA keys without parameters take those of the issuer, all others stay as they are", () => {
  const [first, second] = dsaKeys.cases.map(({ spki }) => Uint8Array.from(Buffer.from(spki, "base64")));
  if (first === undefined || second === undefined) throw new Error("no keys");
  const bare = withoutParameters(second);
  expect([first, bare, issuer.key.spki].map(lacksParameters)).toEqual([false, true, false]);
  expect(workingKey(bare, second)).toEqual(second);
  expect(workingKey(second, first)).toBe(second);
  expect(workingKey(bare, issuer.key.spki)).toBe(bare);
  expect(workingKey(bare, bare)).toBe(bare);
  expect(workingKey(issuer.key.spki, first)).toBe(issuer.key.spki);
});

/** The key's BIT STRING, which ends the structure, behind an algorithm that is an OID alone. */
function withoutParameters(spki: Uint8Array): Uint8Array {
  const algorithmLength = ((spki[6] as number) << 8) + (spki[7] as number);
  return sequence(sequence(oid("1.2.840.10040.4.1")), spki.subarray(8 + algorithmLength));
}
