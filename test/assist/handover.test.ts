import { createCipheriv, createECDH, createHash, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agree } from "../../lib/assist/agree.ts";
import { type Handover, readHandover, writeHandover } from "../../lib/assist/handover.ts";
import { isPublicKey, KEY_AGREEMENT, keyHash, matchNumber } from "../../lib/assist/keys.ts";
import { HANDOVER_LIMIT, MAX_PARTS, openParts, PART_LIMIT, PART_OCTETS, sealParts } from "../../lib/assist/seal.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import { type Bytes, concat, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import vectors from "../vectors/assist/handover.json" with { type: "json" };
import { ID, newPair, newSides } from "./keys.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const octets = (text: string): Bytes => {
  const found = fromBase64Url(text);
  if (found === undefined) throw new TypeError("not base64url");
  return found;
};
const MALFORMED = expect.objectContaining({ code: "handover_malformed" });

describe("the vector of docs/FORMATS.md", () => {
  const id = octets(vectors.id);
  const [officerKey, citizenKey] = [octets(vectors.officer.publicKey), octets(vectors.citizen.publicKey)];
  const side = async (name: "officer" | "citizen") => {
    const { d, publicKey } = vectors[name];
    const [x, y] = [octets(publicKey).slice(1, 33), octets(publicKey).slice(33)].map(toBase64Url) as [string, string];
    const privateKey = await crypto.subtle.importKey(
      "jwk",
      { kty: "EC", crv: "P-256", d, x, y },
      KEY_AGREEMENT,
      false,
      ["deriveBits"],
    );
    return agree({ privateKey, officerKey, citizenKey, side: name, id: vectors.id });
  };

  test("is what Node's own functions compute, step by step", () => {
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey(octets(vectors.officer.d));
    expect(toBase64Url(ecdh.getPublicKey())).toBe(vectors.officer.publicKey);
    const shared = ecdh.computeSecret(citizenKey);
    const salt = Buffer.concat([officerKey, citizenKey]);
    const derive = (label: string, context: Uint8Array, length: number) => {
      const info = Buffer.concat([Buffer.from(`motlan/assist/${label}/v1\0`), id, context]);
      return Buffer.from(hkdfSync("sha256", shared, salt, info, length));
    };
    const whole = octets(vectors.handover);
    const saltKey = derive("salt", new Uint8Array(0), 32);
    const partSalt = createHmac("sha256", saltKey)
      .update(createHash("sha256").update(whole).digest())
      .digest()
      .subarray(0, 16);
    const keys = derive("parts", partSalt, 40);
    const cipher = createCipheriv(
      "aes-256-gcm",
      keys.subarray(0, 32),
      Buffer.concat([keys.subarray(32), Buffer.alloc(4)]),
    );
    cipher.setAAD(Buffer.concat([Buffer.from("motlan/assist/part/v1\0"), Buffer.from("0000000000000001", "hex")]));
    const part = Buffer.concat([partSalt, cipher.update(whole), cipher.final(), cipher.getAuthTag()]);
    expect(toBase64Url(part)).toBe(vectors.parts[0]);
    const hash = (label: string, ...parts: Uint8Array[]) =>
      createHash("sha256")
        .update(Buffer.concat([Buffer.from(`motlan/assist/${label}/v1\0`), ...parts]))
        .digest();
    expect(hash("key", officerKey).toString("base64url")).toBe(vectors.officerKeyHash);
    const number = hash("match", officerKey, citizenKey).readUInt32BE() % 10_000;
    expect(String(number).padStart(4, "0")).toBe(vectors.matchNumber);
  });

  test("is what both browsers compute", async () => {
    expect((await sealParts(await side("officer"), octets(vectors.handover))).map(toBase64Url)).toEqual(vectors.parts);
    const opened = await openParts(await side("citizen"), vectors.parts.map(octets));
    expect(toBase64Url(opened)).toBe(vectors.handover);
    expect(readHandover(opened)).toEqual({
      procedure: "1.004222",
      documents: [{ title: "Tờ khai", fileName: "to-khai.pdf", pdf: fromUtf8("document") }],
    });
    expect(toBase64Url(keyHash(officerKey))).toBe(vectors.officerKeyHash);
    expect(matchNumber(officerKey, citizenKey)).toBe(vectors.matchNumber);
  });
});

describe("the match number", () => {
  test("is four digits, the same for the same two keys in the same places, and as good as never for others", async () => {
    const keys = await Promise.all(Array.from({ length: 24 }, () => newPair()));
    const numbers = keys.slice(1).map(({ publicKey }) => matchNumber(keys[0]?.publicKey as Bytes, publicKey));
    for (const number of numbers) expect(number).toMatch(/^\d{4}$/);
    // Of 23 numbers out of 10,000 two are alike in one of forty runs; five are not.
    expect(new Set(numbers).size).toBeGreaterThan(numbers.length - 5);
    const [one, two] = [keys[0]?.publicKey as Bytes, keys[1]?.publicKey as Bytes];
    expect(matchNumber(one, two)).toBe(matchNumber(one.slice(), two.slice()));
  });

  test("is not made of anything that is no public key", async () => {
    const { publicKey } = await newPair();
    for (const wrong of [publicKey.slice(1), concat(publicKey, Uint8Array.of(0)), new Uint8Array(65)]) {
      expect(isPublicKey(wrong)).toBe(false);
      expect(() => matchNumber(publicKey, wrong)).toThrow(RangeError);
      expect(() => matchNumber(wrong, publicKey)).toThrow(RangeError);
    }
  });
});

describe("what is sealed for the citizen's browser", () => {
  const filled = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

  test.each([1, PART_OCTETS - 1, PART_OCTETS, PART_OCTETS + 1, 3 * PART_OCTETS - 7])(
    "opens there and is the same, %d octets",
    async (length) => {
      const { officer, citizen } = await newSides();
      const sealed = await sealParts(officer, filled(length));
      expect(sealed).toHaveLength(Math.ceil(length / PART_OCTETS));
      for (const part of sealed) expect(part.length).toBeLessThanOrEqual(PART_LIMIT);
      expect(Buffer.compare(await openParts(citizen, sealed), filled(length))).toBe(0);
    },
  );

  test("is 20 MiB at most, and then has as many parts as the service takes", async () => {
    const { officer } = await newSides();
    expect(await sealParts(officer, new Uint8Array(HANDOVER_LIMIT))).toHaveLength(MAX_PARTS);
    await expect(sealParts(officer, new Uint8Array(HANDOVER_LIMIT + 1))).rejects.toMatchObject({
      code: "pdf_too_large",
    });
    await expect(sealParts(officer, new Uint8Array(0))).rejects.toThrow(RangeError);
  });

  test("is the same when it is sealed again, and under another key where one octet differs", async () => {
    const { officer } = await newSides();
    const [once, again, other] = await Promise.all(
      [filled(1000), filled(1000), filled(1001)].map((whole) => sealParts(officer, whole)),
    );
    expect(again).toEqual(once);
    expect(other?.[0]?.slice(0, 16)).not.toEqual(once?.[0]?.slice(0, 16));
  });

  test("opens for nobody else, in no other assistance, and with the keys in no other places", async () => {
    const { officer, keys } = await newSides();
    const sealed = await sealParts(officer, filled(100));
    const third = await newSides();
    await expect(openParts(third.citizen, sealed)).rejects.toThrow(MALFORMED);
    const pair = await newPair();
    const swapped = await agree({
      ...{ privateKey: pair.privateKey, officerKey: keys[1], citizenKey: keys[0], side: "citizen", id: ID },
    });
    await expect(openParts(swapped, sealed)).rejects.toThrow(MALFORMED);
    const same = await newPair();
    const at = (id: string, side: "officer" | "citizen") =>
      agree({ privateKey: same.privateKey, officerKey: same.publicKey, citizenKey: same.publicKey, side, id });
    const here = await sealParts(await at(ID, "officer"), filled(100));
    expect(await openParts(await at(ID, "citizen"), here)).toEqual(filled(100));
    await expect(openParts(await at("A".repeat(22), "citizen"), here)).rejects.toThrow(MALFORMED);
  });

  test("does not open with a part missing, doubled, in another place, or of another document", async () => {
    const { officer, citizen } = await newSides();
    const [a, b, c] = (await sealParts(officer, filled(2 * PART_OCTETS + 5))) as [Bytes, Bytes, Bytes];
    const [x] = (await sealParts(officer, filled(2 * PART_OCTETS + 6))) as [Bytes];
    const attempts = [[], [a], [a, b], [b, c], [a, c, b], [a, b, c, c], [a, b, b, c], [x, b, c], [a.slice(0, 15)]];
    for (const parts of attempts) await expect(openParts(citizen, parts)).rejects.toThrow(MALFORMED);
    await expect(
      openParts(
        citizen,
        Array.from({ length: MAX_PARTS + 1 }, () => a),
      ),
    ).rejects.toThrow(MALFORMED);
    expect((await openParts(citizen, [a, b, c])).length).toBe(2 * PART_OCTETS + 5);
  });

  test("one flipped bit anywhere opens nothing", async () => {
    const { officer, citizen } = await newSides();
    const sealed = (await sealParts(officer, filled(64)))[0] as Bytes;
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const flipped = sealed.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        await expect(openParts(citizen, [flipped])).rejects.toThrow(MALFORMED);
      }),
      { numRuns: RUNS },
    );
  });

  test("any octets are refused as parts, without another error", async () => {
    const { citizen } = await newSides();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 4 }), async (parts) => {
        await expect(openParts(citizen, parts)).rejects.toThrow(MALFORMED);
      }),
      { numRuns: RUNS },
    );
  });

  test("a key that is no point of the curve agrees on nothing", async () => {
    const mine = await newPair();
    const off = mine.publicKey.slice();
    off[64] = (off[64] as number) ^ 1;
    for (const [citizenKey, id] of [
      [off, ID],
      [mine.publicKey.slice(1), ID],
      [mine.publicKey, "x"],
    ] as const)
      await expect(
        agree({ privateKey: mine.privateKey, officerKey: mine.publicKey, citizenKey, side: "officer", id }),
      ).rejects.toThrow(MALFORMED);
  });
});

describe("the list of what is handed over", () => {
  const document = { title: "Tờ khai", fileName: "to-khai.pdf", pdf: fromUtf8("%PDF-1.7") };
  const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .map((value) => `a${value.normalize("NFC").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")}`);
  const handovers: fc.Arbitrary<Handover> = fc.record(
    {
      documents: fc.array(
        fc.record({
          title: text,
          fileName: text,
          pdf: fc.uint8Array({ minLength: 1, maxLength: 30 }).map((o) => Uint8Array.from(o)),
        }),
        { minLength: 1, maxLength: 10 },
      ),
      relyingParty: text,
      procedure: text,
    },
    { requiredKeys: ["documents"] },
  );

  test("is read back as it was written", () => {
    fc.assert(
      fc.property(handovers, (handover) => {
        const written = writeHandover({
          ...handover,
          documents: handover.documents.map((one) => ({
            ...one,
            title: one.title.normalize("NFC"),
            fileName: one.fileName.normalize("NFC"),
          })),
        });
        expect(writeHandover(readHandover(written))).toEqual(written);
      }),
      { numRuns: RUNS },
    );
  });

  test.each<[string, Handover]>([
    ["no document", { documents: [] }],
    ["eleven", { documents: Array.from({ length: 11 }, () => document) }],
    ["an empty file", { documents: [{ ...document, pdf: new Uint8Array(0) }] }],
    ["a title that turns the direction", { documents: [{ ...document, title: "a\u202eb" }] }],
    ["a file name of two lines", { documents: [{ ...document, fileName: "a\nb" }] }],
    ["a title of 201 letters", { documents: [{ ...document, title: "a".repeat(201) }] }],
  ])("is not written with %s", (_, handover) => {
    expect(() => writeHandover(handover)).toThrow(TypeError);
  });

  const raw = (json: string, ...files: Uint8Array[]) => {
    const list = fromUtf8(json);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, list.length);
    return concat(length, list, ...files);
  };
  const LIST = '{"documents":[{"fileName":"a","length":1,"title":"a"}],"version":"motlan/handover/v1"}';

  test.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array(0)],
    ["a length alone", Uint8Array.of(0, 0, 0, 9)],
    ["a length beyond everything", Uint8Array.of(255, 255, 255, 255, 1)],
    ["a file that is cut", raw(LIST)],
    ["octets behind the files", raw(LIST, Uint8Array.of(1, 2))],
    ["blanks in the list", raw(LIST.replace(",", ", "), Uint8Array.of(1))],
    ["a member twice", raw(LIST.replace('"title":"a"', '"title":"a","title":"b"'), Uint8Array.of(1))],
    ["a member too many", raw(LIST.replace('"title":"a"', '"title":"a","x":1'), Uint8Array.of(1))],
    ["markup as a length", raw(LIST.replace("1", '"1"'), Uint8Array.of(1))],
    ["another version", raw(LIST.replace("v1", "v2"), Uint8Array.of(1))],
    ["a list that is null", raw("null")],
    ["a list that is a list", raw("[]")],
  ])("is not read with %s", (_, bytes) => {
    expect(() => readHandover(bytes)).toThrow(MALFORMED);
  });

  test("any octets are a list or a fault", () => {
    expect(readHandover(raw(LIST, Uint8Array.of(1))).documents).toHaveLength(1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), (bytes, short) => {
        const input = Uint8Array.from(bytes);
        if (input.length >= 4) input.set([0, 0, 0, short * 20]);
        try {
          readHandover(input);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: RUNS },
    );
  });
});
