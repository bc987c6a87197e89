import { expect, test } from "vitest";
import { toLatin1 } from "../../lib/bytes/bytes.ts";
import { AT, changesOf, contract, save, signed, stream } from "../worlds/hostile-pdf.ts";

const file = await signed(contract());
const catalog = ([...toLatin1(file).matchAll(/(?:^|\n)1 0 obj\n([\s\S]*?)\nendobj/g)].at(-1)?.[1] ?? "").replace(
  /^<</,
  "<</DSS 100 0 R",
);
const withStore = save(file, {
  [AT.catalog]: catalog,
  100: "<</Type/DSS/Certs[101 0 R]>>",
  101: stream("a certificate"),
});

test("a store that keeps its number may lead to new objects, directly and through entries of their own, save after save", () => {
  const renewed = save(withStore, {
    100: "<</Type/DSS/Certs[101 0 R 102 0 R]/VRI<</0A 103 0 R>>>>",
    102: stream("another"),
    103: "<</Type/VRI/Cert[101 0 R]/OCSP[104 0 R]>>",
    104: stream("an answer"),
  });
  const again = save(renewed, { 103: "<</Type/VRI/Cert[101 0 R]/OCSP[104 0 R 105 0 R]>>", 105: stream("one more") });
  for (const pdf of [withStore, renewed, again]) {
    expect(changesOf(pdf).items.filter(({ permitted }) => !permitted)).toEqual([]);
    expect(changesOf(pdf).result).toBe("permitted");
  }
});

test("what a store leads to may not have been anything else", () => {
  const taken = save(withStore, { 100: `<</Type/DSS/Certs[101 0 R ${AT.hidden} 0 R]>>`, [AT.hidden]: stream("x") });
  expect(changesOf(taken).result).toBe("forbidden");
});
