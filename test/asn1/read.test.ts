import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { children, contents, MAX_DEPTH, MAX_SCANNED, type Node, raw, readBer, readDer } from "../../lib/asn1/read.ts";
import { octets } from "../../lib/asn1/values.ts";
import { element, sequence } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import vectors from "../vectors/asn1/element.json" with { type: "json" };
import { fault, hex, RUNS } from "./help.ts";

/** `…*n` in a vector stands for n octets of content. */
function octetsOf(text: string): Uint8Array {
  const [head = "", count = "0"] = text.split("*");
  return concat(hex(head), new Uint8Array(Number(count)).fill(0xaa));
}

for (const v of vectors.cases) {
  for (const [rules, read] of [
    ["der", readDer],
    ["ber", readBer],
  ] as const) {
    const expected = v[rules];
    if (typeof expected === "string") {
      test(`${rules}: ${v.name} is refused`, () => expect(() => read(octetsOf(v.hex))).toThrow(fault(expected)));
    } else {
      test(`${rules}: ${v.name} is read`, () => expect(read(octetsOf(v.hex))).toMatchObject(expected));
    }
  }
}

test("children are held to the rules of the root, however deep they lie", () => {
  const inner = hex("3003020101");
  const long = hex("308103020101");
  for (const [child, der] of [
    [inner, true],
    [long, false],
  ] as const) {
    const root = sequence(sequence(child));
    const walk = (node: Node): unknown =>
      children(node).map((next) => ((next.tag & 0x20) === 0 ? next.tag : walk(next)));
    if (der) expect(walk(readDer(root))).toEqual([[[2]]]);
    else expect(() => walk(readDer(root))).toThrow(fault("der_malformed"));
    expect(walk(readBer(root))).toEqual([[[2]]]);
  }
});

test("a child that runs over the end of its parent is refused although the octets are there", () => {
  expect(() => children(readDer(hex("300430030201")))).toThrow(fault("der_malformed"));
  const root = readBer(hex("3006a00402020101"));
  expect(children(root).map(({ tag }) => tag)).toEqual([0xa0]);
  expect(() => children(readDer(hex("30053004020301")))).toThrow(fault("der_malformed"));
});

test("a primitive element has no children", () => {
  expect(() => children(readDer(hex("0400")))).toThrow(fault("der_malformed"));
});

test("raw and contents are views on what was read", () => {
  const bytes = hex("30800401aa0000");
  const root = readBer(bytes);
  const [child] = children(root);
  expect(child && raw(child)).toEqual(hex("0401aa"));
  expect(child && contents(child).buffer).toBe(bytes.buffer);
  expect(raw(root)).toEqual(bytes);
  expect(contents(root)).toEqual(hex("0401aa"));
});

describe("padding behind the element", () => {
  test("zeros are allowed where the caller says so, and nothing else", () => {
    expect(readBer(hex("05000000"), { trailing: "zeros" }).end).toBe(2);
    expect(readBer(hex("0500"), { trailing: "zeros" }).end).toBe(2);
    expect(() => readBer(hex("05000001"), { trailing: "zeros" })).toThrow(fault("der_malformed"));
    expect(() => readBer(hex("050000"), {})).toThrow(fault("der_malformed"));
  });
});

describe("limits", () => {
  const nested = (depth: number) => {
    let der: Uint8Array = new Uint8Array(0);
    for (let i = 0; i < depth; i++) der = element(0x30, der);
    return der;
  };

  test("nesting is followed to the cap and no deeper", () => {
    const descend = (node: Node): number => {
      const [child] = children(node);
      return child === undefined ? node.depth : descend(child);
    };
    expect(descend(readDer(nested(MAX_DEPTH + 1)))).toBe(MAX_DEPTH);
    expect(() => descend(readDer(nested(MAX_DEPTH + 2)))).toThrow(fault("der_limit"));
  });

  test("indefinite lengths nested deeper than the cap are refused at the door", () => {
    const nest = (depth: number) => concat(...Array(depth).fill(hex("3080")), new Uint8Array(2 * depth));
    expect(readBer(nest(MAX_DEPTH)).end).toBe(4 * MAX_DEPTH);
    expect(() => readBer(nest(MAX_DEPTH + 2))).toThrow(fault("der_limit"));
  });

  test("a million indefinite lengths inside each other are refused without a deep stack", () => {
    const bytes = new Uint8Array(2_000_000);
    for (let i = 0; i < bytes.length; i += 2) bytes.set([0x30, 0x80], i);
    expect(() => readBer(bytes)).toThrow(fault("der_limit"));
  });

  test("a flood of elements under an indefinite length is refused", () => {
    const flood = new Uint8Array(2 * (MAX_SCANNED + 1));
    for (let i = 0; i < flood.length; i += 2) flood[i] = 5;
    expect(() => readBer(concat(hex("3080"), flood, hex("0000")))).toThrow(fault("der_limit"));
  });

  test("an octet string in a hundred thousand pieces is joined", () => {
    const pieces = new Uint8Array(3 * 100_000);
    for (let i = 0; i < pieces.length; i += 3) pieces.set([4, 1, 0xaa], i);
    expect(octets(readBer(concat(hex("2480"), pieces, hex("0000")))).length).toBe(100_000);
  });

  test("more octets than the cap are refused before they are looked at", () => {
    expect(() => readDer(new Uint8Array(64 * 1024 * 1024 + 1))).toThrow(fault("der_limit"));
  });
});

/** Everything inside, or the Fault that stands in the way. */
function visit(node: Node): number {
  let seen = 1;
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ((next.tag & 0x20) === 0) continue;
    for (const child of children(next)) {
      seen++;
      open.push(child);
    }
  }
  return seen;
}

const anyOctets = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  // Octets that look like headers, so that the inside is reached.
  fc
    .array(fc.constantFrom(0x30, 0x31, 0x80, 0x24, 0xa0, 0x02, 0x04, 0x05, 0, 1, 2, 3, 4, 8, 0x81, 0x82), {
      maxLength: 64,
    })
    .map((list) => Uint8Array.from(list)),
);

for (const [name, read] of [
  ["readDer", readDer],
  ["readBer", readBer],
] as const) {
  test(`${name} on any octets: a tree or a Fault, never another error`, () => {
    fc.assert(
      fc.property(anyOctets, (bytes) => {
        try {
          expect(visit(read(bytes))).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: RUNS },
    );
  });
}

test("what DER lets pass, BER lets pass, with the same tree", () => {
  const tree = (node: Node): unknown => [
    node.tag,
    node.start,
    node.end,
    (node.tag & 0x20) === 0 ? [] : children(node).map(tree),
  ];
  fc.assert(
    fc.property(anyOctets, (bytes) => {
      let der: unknown;
      try {
        der = tree(readDer(bytes));
      } catch {
        return;
      }
      expect(tree(readBer(bytes))).toEqual(der);
    }),
    { numRuns: RUNS },
  );
});

type Tree = { readonly tag: number; readonly inside: readonly Tree[] | Uint8Array };
const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({ tag: fc.constantFrom(0x04, 0x0c, 0x80), inside: fc.uint8Array({ maxLength: 200 }) }),
    fc.record({ tag: fc.constantFrom(0x30, 0x31, 0xa0), inside: fc.array(tie("tree"), { maxLength: 4 }) }),
  ),
}));

const encode = ({ tag, inside }: Tree): Uint8Array =>
  inside instanceof Uint8Array ? element(tag, inside) : element(tag, ...inside.map(encode));
const decode = (node: Node): Tree => ({
  tag: node.tag,
  inside: (node.tag & 0x20) === 0 ? contents(node) : children(node).map(decode),
});

test("what is written is read again, the same tree", () => {
  fc.assert(
    fc.property(trees, (tree) => void expect(decode(readDer(encode(tree)))).toEqual(tree)),
    { numRuns: RUNS },
  );
});

test("a tree with indefinite lengths reads like the same tree with definite ones", () => {
  const indefinite = ({ tag, inside }: Tree): Uint8Array =>
    inside instanceof Uint8Array
      ? element(tag, inside)
      : concat(Uint8Array.of(tag, 0x80), ...inside.map(indefinite), new Uint8Array(2));
  fc.assert(
    fc.property(trees, (tree) => void expect(decode(readBer(indefinite(tree)))).toEqual(tree)),
    { numRuns: RUNS },
  );
});

test("an octet string in pieces has the octets of the whole, under BER only", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, pieces, (a, b) => {
      const inner = element(0x24, ...b.map((piece) => element(0x04, piece)));
      const whole = element(0x24, ...a.map((piece) => element(0x04, piece)), inner);
      expect(octets(readBer(whole))).toEqual(concat(...a, ...b));
      expect(() => octets(readDer(whole))).toThrow(fault("der_malformed"));
    }),
    { numRuns: RUNS },
  );
});
