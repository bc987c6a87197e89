import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import { type Crl, parseCrl } from "../../lib/revocation/crl.ts";
import { verifyCrl } from "../../lib/revocation/crl-verify.ts";
import { isUsable } from "../../lib/revocation/statement.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import type { KeyKind } from "../worlds/keys.ts";
import { newCa, newParty } from "../worlds/parties.ts";
import { NOW, newWorld } from "../worlds/world.ts";
import { DAY } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/foreign-crl" });

type Way = {
  readonly key?: KeyKind;
  readonly extensions?: string;
  readonly digest?: string;
  readonly options?: readonly string[];
};

describe.skipIf(!judge("openssl", "CRLs of others are read"))("openssl ca -gencrl", () => {
  test.each<[string, Way]>([
    ["version 1", {}],
    ["version 2", { extensions: "authorityKeyIdentifier = keyid:always" }],
    ["of an RSA key with SHA-512", { key: "rsa", digest: "sha512" }],
    ["of an RSA key with SHA-1", { key: "rsa", digest: "sha1" }],
    [
      "of an RSA key by PSS",
      { key: "rsa", options: ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"] },
    ],
    ["of a key on P-521", { key: "p521", digest: "sha512" }],
    ["of a key on brainpoolP256r1", { key: "brainpoolP256r1" }],
    ["of an Ed448 key", { key: "ed448", digest: "default" }],
    [
      "with a scope",
      {
        extensions:
          "issuingDistributionPoint = critical, @point\n[point]\nonlyuser = TRUE\nfullname = URI:http://crl.test/1",
      },
    ],
  ])("a CRL %s is read and believed", async (_, way) => {
    const { ca, revoked, held, good, crl } = await foreign(way);
    const says = (certificate: typeof good) => verifyCrl(crl, { certificate, issuer: ca.certificate, candidates: [] });
    const [first, second, third] = [await says(revoked), await says(held), await says(good)];
    for (const one of [first, second, third]) {
      expect(one).toMatchObject({ signature: "valid", authority: "issuer", problems: [] });
      expect(one !== undefined && isUsable(one)).toBe(true);
    }
    const isOld = crl.version === 1;
    const since = { status: "revoked", revokedAt: Date.UTC(2027, 0, 14, 3) };
    expect(first).toMatchObject({ ...since, reason: isOld ? undefined : "keyCompromise" });
    expect(first?.invalidityDate).toBe(isOld ? undefined : Date.UTC(2027, 0, 1));
    expect(second).toMatchObject({ ...since, reason: isOld ? undefined : "certificateHold" });
    expect(third).toMatchObject({ status: "good", thisUpdate: NOW, nextUpdate: NOW + 30 * DAY });
  });
});

async function foreign(way: Way) {
  const ca = newCa(world, { commonName: "Foreign issuer", ...(way.key === undefined ? {} : { key: way.key }) });
  const point = { crl: "http://crl.test/1" };
  const [revoked, held, good] = [0, 1, 2].map(() => newParty(world, { issuer: ca, ...point }).certificate);
  if (revoked === undefined || held === undefined || good === undefined) throw new Error("no parties");
  const line = (certificate: typeof good, how: string) =>
    `R\t400101000000Z\t270114030000Z${how}\t${toHex(certificate.serial).toUpperCase()}\tunknown\t/CN=x\n`;
  // Version 1 has no place for reasons.
  const reasons =
    way.extensions === undefined && way.key === undefined ? ["", ""] : [",keyTime,20270101000000Z", ",certificateHold"];
  const index = line(revoked, reasons[0] ?? "") + line(held, reasons[1] ?? "");
  const files = {
    index,
    "index.attr": "unique_subject = no\n",
    number: "0A\n",
    ca: pem(ca.certificate.raw),
    key: String(ca.privateKey.export({ format: "pem", type: "pkcs8" })),
  };
  const octets = await withFiles(files, (path, folder) => {
    const isNew = reasons[0] !== "";
    const config = [
      "[ca]\ndefault_ca = one\n[one]",
      `database = ${path.index}\ncertificate = ${path.ca}\nprivate_key = ${path.key}`,
      isNew ? `crlnumber = ${path.number}\ncrl_extensions = more` : "",
      `default_md = ${way.digest ?? "sha256"}\n[more]\n${way.extensions ?? "authorityKeyIdentifier = keyid:always"}\n`,
    ].join("\n");
    return withFiles({ config }, async ({ config: file }) => {
      const out = `${folder}/out.pem`;
      const times = ["-crl_lastupdate", "20270115030000Z", "-crl_nextupdate", "20270214030000Z"];
      const made = await ask("openssl", [
        "ca",
        "-config",
        file,
        "-gencrl",
        ...times,
        ...(way.options ?? []),
        "-out",
        out,
      ]);
      if (made.status !== 0) throw new Error(made.err);
      return new Uint8Array(execFileSync("openssl", ["crl", "-in", out, "-outform", "DER"]));
    });
  });
  const crl: Crl = parseCrl(octets);
  return { ca, revoked, held, good, crl };
}
