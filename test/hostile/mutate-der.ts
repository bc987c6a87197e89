import { concat } from "../../lib/bytes/bytes.ts";
import type { Dice } from "./dice.ts";

/** An element of BER: what is inside is either taken apart or left as it is. */
type Element = { readonly tag: number; readonly inside: readonly Element[] | Uint8Array };

const CONSTRUCTED = 0x20;
const MAX_DEPTH = 40;

/**
 * Changes one to three elements of a message: their tags, lengths, order, number, contents. All lengths around them are made right
 * again, but for those that are spoiled on purpose.
 *
 * @returns undefined for what is no DER
 */
export function mutateDer(der: Uint8Array, dice: Dice): Uint8Array | undefined {
  let root = parse(der);
  if (root === undefined) return undefined;
  const all = listed(root);
  for (let changes = 1 + dice.below(3); changes > 0; changes--) {
    const target = dice.pick(all);
    root = replaced(root, target, change(target, all, dice)) ?? root;
  }
  return write(root);
}

type Instead = readonly Element[] | Uint8Array;

/** @returns elements that stand there instead, or octets that need not be any */
function change(element: Element, all: readonly Element[], dice: Dice): Instead {
  const { tag, inside } = element;
  const kids = inside instanceof Uint8Array ? [] : inside;
  const octets = inside instanceof Uint8Array ? inside : concat(...inside.map(write));
  switch (dice.below(16)) {
    case 0:
      return [];
    case 1:
      return [element, element];
    case 2:
      return [dice.pick(all)];
    case 3:
      return [{ tag: dice.pick([0x30, 0x31, 0xa0, 0xa1, 0x80, 0x02, 0x04, 0x05, 0x06, 0x17, 0x24, 0x1f, 0]), inside }];
    case 4:
      return [{ tag, inside: spoil(octets, dice) }];
    case 5:
      return [{ tag, inside: new Uint8Array(0) }];
    case 6:
      return [{ tag, inside: dice.pick(all).inside }];
    case 7:
      return [{ tag: dice.pick([0x30, 0x31, 0xa0]), inside: [element] }];
    case 8:
      return kids.length > 1 ? [{ tag, inside: [...kids].reverse() }] : [{ tag: tag ^ CONSTRUCTED, inside }];
    case 9:
      return [{ tag, inside: [...kids, dice.pick(all)] }];
    case 10:
      return concat(Uint8Array.of(tag | CONSTRUCTED, 0x80), octets, new Uint8Array(2));
    case 11:
      return concat(Uint8Array.of(tag, 0x84, ...octetsOf(octets.length)), octets);
    case 12:
      return concat(
        Uint8Array.of(tag, 0x84, ...octetsOf(dice.pick([0x7fffffff, 0xffffffff, octets.length + 1]))),
        octets,
      );
    case 13:
      return [dice.pick(all), element];
    case 14:
      return kids.length > 0 ? [{ tag, inside: kids.toSpliced(dice.below(kids.length), 1) }] : [];
    default:
      return [
        {
          tag,
          inside: concat(
            octets,
            Uint8Array.from({ length: 1 + dice.below(40) }, () => dice.below(256)),
          ),
        },
      ];
  }
}

function spoil(octets: Uint8Array, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(octets);
  if (copy.length > 0) copy[dice.below(copy.length)] = dice.pick([0, 1, 0x7f, 0x80, 0xff, dice.below(256)]);
  return copy;
}

const octetsOf = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

function listed(element: Element): Element[] {
  if (element.inside instanceof Uint8Array) return [element];
  return [element, ...element.inside.flatMap(listed)];
}

function replaced(root: Element, target: Element, instead: Instead): Element | undefined {
  if (root === target) return instead instanceof Uint8Array ? parse(instead) : instead[0];
  if (root.inside instanceof Uint8Array) return undefined;
  for (const [i, kid] of root.inside.entries()) {
    if (kid === target) {
      if (instead instanceof Uint8Array)
        return {
          tag: root.tag,
          inside: concat(...root.inside.toSpliced(i, 1, { tag: -1, inside: instead }).map(write)),
        };
      return { tag: root.tag, inside: root.inside.toSpliced(i, 1, ...instead) };
    }
    const changed = replaced(kid, target, instead);
    if (changed !== undefined) return { tag: root.tag, inside: root.inside.with(i, changed) };
  }
  return undefined;
}

/** A tag below 0: octets as they are. */
function write({ tag, inside }: Element): Uint8Array {
  const octets = inside instanceof Uint8Array ? inside : concat(...inside.map(write));
  if (tag < 0) return octets;
  const { length } = octets;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), octets);
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  return concat(Uint8Array.of(tag, 0x80 | size, ...octetsOf(length).slice(4 - size)), octets);
}

/** One element of DER in front; octets behind it are left out. OCTET STRINGs that hold DER are taken apart too. */
function parse(octets: Uint8Array, depth = 0): Element | undefined {
  const [first, ...rest] = parseAll(octets, depth, 1) ?? [];
  return rest.length === 0 ? first : undefined;
}

function parseAll(octets: Uint8Array, depth: number, most = 100_000): Element[] | undefined {
  const found: Element[] = [];
  let at = 0;
  while (at < octets.length && found.length < most) {
    const tag = octets[at] as number;
    let length = octets[at + 1];
    if (length === undefined || length === 0x80 || length > 0x83) return undefined;
    let start = at + 2;
    if (length > 0x80) {
      const size = length & 0x7f;
      length = 0;
      for (let i = 0; i < size; i++) length = length * 256 + (octets[start++] ?? 0);
    }
    if (start + length > octets.length) return undefined;
    const content = octets.subarray(start, start + length);
    const takenApart = (tag & CONSTRUCTED) !== 0 || (tag === 0x04 && content[0] === 0x30);
    const inside = takenApart && depth < MAX_DEPTH ? parseAll(content, depth + 1) : undefined;
    found.push({ tag, inside: inside ?? content });
    at = start + length;
  }
  return found;
}
