import * as OID from "../../lib/asn1/oids.ts";
import { contextTag, TAG } from "../../lib/asn1/tags.ts";
import { element, explicit, integer, nullValue, octetString, oid, sequence, setOf } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { attributeOf, newMessage } from "../worlds/message.ts";
import { type PadesOptions, signPdf } from "../worlds/pades.ts";
import { signField } from "../worlds/pades-field.ts";
import { newParty } from "../worlds/parties.ts";
import { honest, world } from "./files-bulk.ts";
import type { Files } from "./files-structure.ts";
import { filled, joined, MB } from "./writing.ts";

const list = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
/** So many elements one behind the other, as one part. */
const run = (count: number, make: (i: number) => Uint8Array): Uint8Array => joined(list(count, make));
const SMALL = sequence(integer(1));
const MANY = 100_000;

/** A file whose signature is this message. */
async function holding(message: Uint8Array): Promise<Uint8Array> {
  const options = { subFilter: "ETSI.CAdES.detached", claimedTime: world.now, reserve: message.length + 16 };
  return (await signField(honest, options, async () => message)).pdf;
}

/** A good signature with something about it. */
async function signedWith(options: PadesOptions, reserve = 200_000): Promise<Uint8Array> {
  return (await signPdf(world, { level: "B-B", ...options, reserve })).pdf;
}

const nested = (open: readonly number[], levels: number, close: readonly number[] = [0, 0]): Uint8Array => {
  const octets = new Uint8Array(levels * (open.length + close.length));
  for (let i = 0; i < levels; i++) octets.set(open, i * open.length);
  for (let i = 0; i < levels; i++) octets.set(close, levels * open.length + i * close.length);
  return octets;
};
const INDEFINITE = nested([0x30, 0x80], MANY);
const signedData = (...parts: Uint8Array[]) =>
  sequence(oid(OID.signedData), explicit(0, sequence(integer(1), ...parts)));
const algorithm = sequence(oid(OID.sha256));
const info = sequence(oid(OID.data));
/** An object identifier of so many octets. */
const longOid = (octets: number) => element(TAG.oid, Uint8Array.of(42), filled("\x81", octets - 2), Uint8Array.of(1));

export const MESSAGES: Files = {
  "zeros for 3 MB": () => holding(new Uint8Array(3 * MB)),
  "a value of 50 MB": () => honestWith(48 * MB),
  "100,000 certificates": () => signedWith({ chain: [run(MANY, (i) => sequence(integer(i)))] }, 1_000_000),
  "4,000 real certificates": () => signedWith({ chain: list(4000, realOne) }, 3_500_000),
  "500 real certificates": () => signedWith({ chain: list(500, realOne) }, 500_000),
  "100,000 CRLs": () =>
    holding(
      signedData(
        setOf(algorithm),
        info,
        element(
          contextTag(1, true),
          run(MANY, () => SMALL),
        ),
        setOf(),
      ),
    ),
  "100,000 digest algorithms": () => holding(signedData(setOf(run(MANY, () => algorithm)), info, setOf())),
  "100,000 signers": () => holding(signedData(setOf(algorithm), info, setOf(run(MANY, () => SMALL)))),
  "100,000 unsigned attributes": () =>
    signedWith({ signerInfo: { unsigned: [run(MANY, (i) => attributeOf(`1.2.3.${i}`, nullValue()))] } }, 2_000_000),
  "100,000 signed attributes": () =>
    signedWith({ signerInfo: { signed: [run(MANY, (i) => attributeOf(`1.2.3.${i}`, nullValue()))] } }, 2_000_000),
  "100,000 values of one attribute": () =>
    signedWith({ signerInfo: { unsigned: [attributeOf(OID.signatureTimestamp, run(MANY, integer))] } }, 1_000_000),
  "100,000 ESS certificates": () =>
    signedWith(
      {
        signerInfo: {
          ess: "none",
          signed: [
            attributeOf(
              OID.signingCertificateV2,
              sequence(sequence(run(MANY, () => sequence(octetString(new Uint8Array(32)))))),
            ),
          ],
        },
      },
      3_900_000,
    ),
  "100,000 levels of indefinite lengths": () => holding(INDEFINITE),
  "1,000,000 levels without an end": () => holding(filled("\x30\x80", 2 * MB)),
  "100,000 levels in the certificates": () =>
    holding(signedData(setOf(algorithm), info, element(contextTag(0, true), INDEFINITE), setOf())),
  "100,000 levels in the content": () =>
    holding(signedData(setOf(algorithm), sequence(oid(OID.data), explicit(0, nested([0x24, 0x80], MANY))), setOf())),
  "100,000 levels in an unsigned attribute": () =>
    signedWith({ signerInfo: { unsigned: [attributeOf("1.2.3", INDEFINITE)] }, container: "ber" }, 500_000),
  "content in 500,000 pieces": () =>
    holding(
      signedData(
        setOf(algorithm),
        sequence(
          oid(OID.data),
          explicit(
            0,
            element(
              0x24,
              run(500_000, () => octetString(Uint8Array.of(1))),
            ),
          ),
        ),
        setOf(),
      ),
    ),
  "an object identifier of 1 MB": () => holding(sequence(longOid(MB), explicit(0, SMALL))),
  "a content type of 1 MB": () => holding(signedData(setOf(algorithm), sequence(longOid(MB)), setOf())),
  "an attribute of a type of 1 MB": () =>
    signedWith({ signerInfo: { unsigned: [sequence(longOid(MB), setOf())] } }, 1_200_000),
  "a digest algorithm of 1 MB": () => signedWith({ signerInfo: { digestAlgorithm: sequence(longOid(MB)) } }, 2_400_000),
  "lengths that overflow": () =>
    holding(
      Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30, 0x88, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    ),
  "2,000 timestamps": () => signedWith({ level: "B-T", timestamps: 2000 }, 3_900_000),
  "32 timestamps": () => signedWith({ level: "B-T", timestamps: 32 }),
  "one timestamp 2,000 times": () => oneStamp(2000),
  "32 signers": async () => signedWith({ more: list(31, () => ({ party: newParty(world) })) }),
  "500 CRLs in Adobe's attribute": () =>
    signedWith({
      subFilter: "adbe.pkcs7.detached",
      archival: { crls: list(500, (i) => sequence(integer(i))), ocsps: [] },
    }),
  "100,000 CRLs in Adobe's attribute": () =>
    signedWith(
      { subFilter: "adbe.pkcs7.detached", archival: { crls: [run(MANY, (i) => sequence(integer(i)))], ocsps: [] } },
      1_500_000,
    ),
};

function honestWith(octets: number): Uint8Array {
  // /Contents of the honest file, made longer.
  const text = Buffer.from(honest).toString("latin1");
  const at = text.lastIndexOf("/Contents") + "/Contents".length + 1;
  return concat(honest.subarray(0, at), filled("30", octets), honest.subarray(at));
}

/** The issuing CA's certificate under another serial number: it can be read, and its signature is wrong. */
function realOne(i: number): Uint8Array {
  const copy = Uint8Array.from(world.issuingCa.certificate.raw);
  const { serial } = world.issuingCa.certificate;
  const at = Buffer.from(copy).indexOf(Buffer.from(serial));
  copy.set([1 + (i >> 16), (i >> 8) & 255, i & 255], at + 2);
  return copy;
}

async function oneStamp(times: number): Promise<Uint8Array> {
  let token: Uint8Array | undefined;
  const { stampBy } = await import("../worlds/pades.ts");
  const timestamps = async (signature: Uint8Array) => {
    token ??= await stampBy(world.tsa, signature, world.now);
    return list(times, () => token as Uint8Array);
  };
  const party = world.oneTime();
  return (
    await signField(
      honest,
      { subFilter: "ETSI.CAdES.detached", claimedTime: world.now, reserve: 3_900_000 },
      (content) =>
        newMessage({
          content,
          signers: [{ party, timestamps }],
          certificates: [party.certificate.raw, world.issuingCa.certificate.raw],
        }),
    )
  ).pdf;
}
