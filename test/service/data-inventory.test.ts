import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourcesUnder } from "../repo/files.ts";
import { INVENTORY, OCTETS } from "./data-inventory.ts";
import { everyKind } from "./every-kind.ts";
import { newPasskeyWorld, type PasskeyWorld } from "./passkey-world.ts";

// R49, R62: what is not on the list of data-inventory.ts is not kept. No face, no finger, no picture of anybody.

type Item = Readonly<Record<string, unknown>>;
let world: PasskeyWorld;
let items: readonly Item[];
beforeAll(async () => {
  world = await newPasskeyWorld();
  await everyKind(world);
  items = await scan(world);
});
afterAll(() => world.close());

async function scan({ table }: PasskeyWorld): Promise<readonly Item[]> {
  const found: Item[] = [];
  let from: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({ TableName: table.table, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }),
    );
    found.push(...Items);
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

/** `TX#…` is of the kind `TX#`; where one partition has several kinds of rows, the sort key tells them apart. */
const kindOf = ({ pk, sk }: Item): string => {
  const partition = /^[A-Z]+(#TRY)?#?/.exec(String(pk))?.[0] ?? "?";
  return partition === "ASSISTDAY#" ? partition + String(sk).replace(/#.*/, "#") : partition;
};

/** Every place of an item that holds something: `a.b`, `a[]` for lists, `a.*` where the names are ids. */
function places(value: unknown, at: string, found: Map<string, "octets" | "plain">): void {
  if (value instanceof Uint8Array) found.set(at, "octets");
  else if (Array.isArray(value) || value instanceof Set) for (const item of value) places(item, `${at}[]`, found);
  else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value)) {
      const member = /^[\w-]{43}$/.test(name) ? "*" : name;
      places(item, at === "" ? member : `${at}.${member}`, found);
    }
  else found.set(at, "plain");
}

function unlisted(all: readonly Item[]): readonly string[] {
  return all.flatMap((item) => {
    const kind = kindOf(item);
    const found = new Map<string, "octets" | "plain">();
    places(item, "", found);
    const listed = INVENTORY[kind] ?? [];
    return [...found].flatMap(([place, form]) => {
      if (!listed.includes(place)) return [`${kind} ${place}`];
      return form === "octets" && !OCTETS.has(`${kind} ${place}`) ? [`${kind} ${place}: octets`] : [];
    });
  });
}

test("every attribute of every item is on the list, and octets are kept only where the list says so", () => {
  expect([...new Set(unlisted(items))].sort()).toEqual([]);
});

test("the list names nothing that is not there: every place of it was met", () => {
  const met = new Set<string>();
  for (const item of items) {
    const found = new Map<string, "octets" | "plain">();
    places(item, "", found);
    for (const place of found.keys()) met.add(`${kindOf(item)} ${place}`);
  }
  const listed = Object.entries(INVENTORY).flatMap(([kind, all]) => all.map((place) => `${kind} ${place}`));
  expect(listed.filter((place) => !met.has(place))).toEqual([]);
});

test("every kind of item that the stores write is on the list", () => {
  const written = [...sourcesUnder("lib/aws")].flatMap(([, source]) =>
    [
      ...source.matchAll(/\bpk: [`"]([A-Z]+(?:#TRY)?#?)/g),
      ...source.matchAll(/(?:PARTITION = |=> )[`"]([A-Z]{3,}#?)/g),
    ].map(([, kind]) => kind ?? ""),
  );
  expect(new Set(written).size).toBeGreaterThan(10);
  const kinds = new Set(Object.keys(INVENTORY).map((kind) => kind.replace(/^(ASSISTDAY#).*/, "$1")));
  expect([...new Set(written)].filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("nothing on the list is of a body", () => {
  const BODY = /face|finger|iris|voice|biometr|template|photo|(?<!pre)image|picture|selfie|liveness/i;
  expect(
    Object.values(INVENTORY)
      .flat()
      .filter((place) => BODY.test(place)),
  ).toEqual([]);
  expect(BODY.test("faceTemplate")).toBe(true);
});

test("planted attributes and kinds are found", () => {
  const planted: readonly Item[] = [
    { pk: "PASSKEYS#x", sk: "PASSKEYS", handle: "h", faceTemplate: "AAAA" },
    { pk: "TX#x", sk: "TX", id: Uint8Array.of(1) },
    { pk: "FACE#x", sk: "FACE" },
  ];
  expect(unlisted(planted)).toEqual(["PASSKEYS# faceTemplate", "TX# id: octets", "FACE# pk", "FACE# sk"]);
});
