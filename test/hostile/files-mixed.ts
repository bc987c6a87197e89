import * as OID from "../../lib/asn1/oids.ts";
import { bitString, integer, nullValue, oid, sequence } from "../../lib/asn1/write.ts";
import { contract } from "../worlds/hostile-pdf.ts";
import { newKey } from "../worlds/keys.ts";
import { signPdf } from "../worlds/pades.ts";
import { newParty, newTsa } from "../worlds/parties.ts";
import { saves, world } from "./files-bulk.ts";
import type { Files } from "./files-structure.ts";
import { file, times } from "./writing.ts";

/** Where one thing without end multiplies another. */
export const MIXED: Files = {
  "900 signatures and 3,000 saves of 20 changes": async () =>
    saves(await signedTimes(900), 3000, (i) => Array.from({ length: 20 }, (_, j) => [600 + j, `<</A ${i}>>`])),
  "60 signatures and 4,000 saves of a field": async () =>
    saves(await inRow(60), 4000, (i) => [
      [
        15,
        `<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(${i})/Rect[72 600 200 620]/P 5 0 R/DA(/Helv 12 Tf 0 g)/AP<</N 18 0 R>>/F 4>>`,
      ],
    ]),
  "900 signatures by a key of 16,384 bits": () => slowSignatures(900),
  "90 signatures with 32 timestamps each by a key of 16,384 bits": () => slowSignatures(90, 32),
};

/** A key whose signatures take longest to verify. Its certificate is in order, and nobody has it. */
function slowKey() {
  const modulus = new Uint8Array(2048).fill(0xff);
  const spki = sequence(
    sequence(oid(OID.rsaEncryption), nullValue()),
    bitString(sequence(integer(modulus), integer((1n << 63n) + 1n))),
  );
  const key = newKey("rsa");
  return { ...key, spki, sign: () => new Uint8Array(2048).fill(0x7f) as ReturnType<typeof key.sign> };
}

/** The same message in so many fields, each over octets of its own. */
async function slowSignatures(count: number, timestamps = 0): Promise<Uint8Array> {
  const key = slowKey();
  const signer = newParty(world, { key });
  const options = timestamps === 0 ? ({ level: "B-B" } as const) : { tsa: newTsa(world, { key }), timestamps };
  const { cms } = await signPdf(world, { ...options, signer, reserve: 500_000 });
  const hex = Buffer.from(cms).toString("hex");
  return fieldsOf(Array.from({ length: count }, () => hex));
}

async function signedTimes(count: number): Promise<Uint8Array> {
  const { cms } = await signPdf(world, { level: "B-B" });
  const hex = Buffer.from(cms).toString("hex");
  return fieldsOf(Array.from({ length: count }, () => hex));
}

/** Each covers the file from its first octet on, and leaves out just its value: as far as they can tell they cover this save. */
function fieldsOf(hexes: readonly string[]): Uint8Array {
  const refs = times(hexes.length, (i) => `${10 + i} 0 R `);
  const build = (ranges: readonly string[]) =>
    file([
      [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs}]>>>>`],
      [2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"],
      [3, "<</Type/Page/Parent 2 0 R>>"],
      ...hexes.map(
        (hex, i) =>
          [
            10 + i,
            `<</FT/Sig/T(${i})/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[${(ranges[i] ?? "0 0 0 0").padEnd(44)}]/Contents<${hex}>>>>>`,
          ] as const,
      ),
    ]);
  const blank = Buffer.from(build([])).toString("latin1");
  let at = 0;
  const ranges = hexes.map((hex) => {
    const start = blank.indexOf("/Contents<", at) + "/Contents".length;
    const end = start + hex.length + 2;
    at = end;
    return `0 ${start} ${end} ${blank.length - end}`;
  });
  return build(ranges);
}

async function inRow(count: number): Promise<Uint8Array> {
  let pdf: Uint8Array = contract();
  const signer = world.oneTime();
  for (let i = 0; i < count; i++) ({ pdf } = await signPdf(world, { pdf, signer, level: "B-B", reserve: 3000 }));
  return pdf;
}
