import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import type { Signer } from "../../lib/ports/ports.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { assembleCertificate, certificateTbs, serialFrom, type TbsFields } from "../../lib/x509/issue.ts";
import {
  type AuthorityName,
  issuingCaProfile,
  ocspResponderProfile,
  oneTimeProfile,
  rootProfile,
  tsaProfile,
} from "../../lib/x509/profiles.ts";

/** A certificate with its key in this process. */
export type Party = {
  readonly certificate: Certificate;
  readonly signer: Signer;
  /** The same signature at once: what a one-time key does. */
  readonly sign: (message: Uint8Array) => Bytes;
  /** For judges that want the key. */
  readonly privateKey: KeyObject;
};

/** What a one-time certificate says; everything else follows from the world. */
export type OneTimeOptions = {
  readonly commonName?: string;
  /** ms; the world's moment minus a minute, and ten minutes after it. */
  readonly notBefore?: number;
  readonly notAfter?: number;
};

/**
 * A whole public-key infrastructure of P-256 keys, its certificates made by the profiles of lib/x509 and laid out as the service's:
 * the root certifies the issuing CA and the TSA, the issuing CA certifies the responder and the one-time keys.
 */
export type World = {
  /** The moment at which everything happens, ms, a whole second. */
  readonly now: number;
  readonly root: Party;
  readonly issuingCa: Party;
  readonly tsa: Party;
  readonly ocsp: Party;
  /** A new key and a certificate by the issuing CA. */
  oneTime(options?: OneTimeOptions): Party;
  /** Random octets, or those that follow from the seed. */
  random(octets: number): Bytes;
};

export const URLS = {
  caIssuers: "http://pki.example.test/issuing-ca.cer",
  ocsp: "http://pki.example.test/ocsp",
  cps: "https://example.test/cps",
  pds: "https://example.test/pds",
  nameRegistration: "https://example.test/names",
};

/** 15 January 2027, 10:00 in Hà Nội. */
export const NOW = Date.UTC(2027, 0, 15, 3, 0, 0);

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * @param options.seed gives the same keys and serial numbers each time (signatures differ, ECDSA is random); fresh ones without it
 * @param options.now the world's moment, ms; {@link NOW} without it
 */
export async function newWorld(options: { readonly seed?: string; readonly now?: number } = {}): Promise<World> {
  const now = options.now ?? NOW;
  const random = options.seed === undefined ? chance : dice(options.seed);
  const common = () => ({ serial: serialFrom(random(16)), notBefore: now - DAY, notAfter: now + 3650 * DAY });
  // As the service has it: only one-time certificates name a responder.
  const { caIssuers, cps } = URLS;
  const authority = (name: string) => ({
    ...{ key: newKey(random), name: authorityName(name), urls: { caIssuers, cps } },
    ...common(),
  });

  const [rootInput, caInput, tsaInput, ocspInput] = [
    authority("Root"),
    authority("Issuing CA"),
    authority("TSA"),
    authority("OCSP"),
  ];
  const root = await certify(
    rootProfile({ ...rootInput, spki: rootInput.key.spki }),
    rootInput.key,
    rootInput.key.signer,
  );
  const byRoot = (input: typeof caInput) => ({ ...input, spki: input.key.spki, issuer: root.certificate });
  const issuingCa = await certify(issuingCaProfile(byRoot(caInput)), caInput.key, root.signer);
  const tsa = await certify(tsaProfile(byRoot(tsaInput)), tsaInput.key, root.signer);
  const byCa = { ...ocspInput, spki: ocspInput.key.spki, issuer: issuingCa.certificate };
  const ocsp = await certify(ocspResponderProfile(byCa), ocspInput.key, issuingCa.signer);

  const oneTime = (choice: OneTimeOptions = {}): Party => {
    const key = newKey(random);
    const tbs = certificateTbs(
      oneTimeProfile({
        serial: serialFrom(random(16)),
        subject: {
          commonName: choice.commonName ?? "Nguyễn Thị Ánh",
          serialNumber: "KM:VN-0123456789abcdef",
          country: "VN",
        },
        spki: key.spki,
        notBefore: choice.notBefore ?? now - MINUTE,
        notAfter: choice.notAfter ?? now + 10 * MINUTE,
        issuer: issuingCa.certificate,
        urls: URLS,
      }),
    );
    return { ...key, certificate: parseCertificate(assembleCertificate(tbs, issuingCa.sign(tbs))) };
  };
  return { now, root, issuingCa, tsa, ocsp, oneTime, random };
}

function authorityName(role: string): AuthorityName {
  return { commonName: `Test ${role}`, organization: "Test", country: "VN", demo: true };
}

type Key = Omit<Party, "certificate"> & { readonly spki: Bytes };

async function certify(fields: TbsFields, key: Key, issuer: Signer): Promise<Party> {
  const tbs = certificateTbs(fields);
  return { ...key, certificate: parseCertificate(assembleCertificate(tbs, await issuer.sign(tbs))) };
}

/** ECPrivateKey (RFC 5915 §3) on P-256, up to and behind its 32 octets. */
const SEC1_HEAD = Buffer.from("30310201010420", "hex");
const SEC1_TAIL = Buffer.from("a00a06082a8648ce3d030107", "hex");

function newKey(random: (octets: number) => Bytes): Key {
  const privateKey =
    random === chance
      ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
      : createPrivateKey({ key: Buffer.concat([SEC1_HEAD, random(32), SEC1_TAIL]), format: "der", type: "sec1" });
  const signNow = (message: Uint8Array): Bytes => {
    // The limit of KMS: whoever asks for more would fail in production.
    if (message.length === 0 || message.length > 4096) throw new RangeError("a message has 1 to 4,096 octets");
    return new Uint8Array(sign("sha256", message, { key: privateKey, dsaEncoding: "der" }));
  };
  return {
    privateKey,
    spki: new Uint8Array(createPublicKey(privateKey).export({ format: "der", type: "spki" })),
    sign: signNow,
    signer: { sign: async (message) => signNow(message) },
  };
}

function chance(octets: number): Bytes {
  return new Uint8Array(randomBytes(octets));
}

/** Hashes of a counter: the same octets for the same seed. */
function dice(seed: string): (octets: number) => Bytes {
  let throws = 0;
  return (octets) => {
    const whole = new Uint8Array(octets);
    for (let at = 0; at < octets; at += 32) {
      const block = createHash("sha256").update(`${seed}/${throws++}`).digest();
      whole.set(block.subarray(0, Math.min(32, octets - at)), at);
    }
    return whole;
  };
}
