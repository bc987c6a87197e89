import { Fault } from "../fault/fault.ts";

/** Where the element that was stepped on has its content; overwritten by each step, so that a million steps make no objects. */
export type Step = { content: number; end: number };

/**
 * Looks at one DER element of a definite, minimal length without making a {@link Node} of it: for lists of a million elements.
 *
 * @param limit offset behind the element that this one lies in
 * @param tag the identifier octet that it must have
 * @param step gets the offsets of its content and of what is behind it
 * @throws Fault `der_malformed`, `der_limit`
 */
export function stepOn(source: Uint8Array, at: number, limit: number, tag: number, step: Step): void {
  if (at + 2 > limit || source[at] !== tag)
    throw new Fault("der_malformed", `no element with tag ${tag.toString(16)} at ${at}`);
  const first = source[at + 1] as number;
  if (first < 0x80) step.content = at + 2;
  else step.content = longForm(source, at + 1, limit);
  step.end = step.content + (first < 0x80 ? first : longLength(source, at + 2, step.content));
  if (step.end > limit) throw new Fault("der_malformed", `the element at ${at} runs over the end`);
}

/** @returns the offset behind the length octets */
function longForm(source: Uint8Array, at: number, limit: number): number {
  const count = (source[at] as number) & 0x7f;
  if (count === 0) throw new Fault("der_malformed", `indefinite length at ${at}`);
  if (count > 4) throw new Fault("der_limit", `${count} length octets at ${at}`);
  const content = at + 1 + count;
  if (content > limit) throw new Fault("der_malformed", `length cut short at ${at}`);
  // X.690 §10.1: no leading zero, no long form for what the short one can say.
  if (source[at + 1] === 0 || (count === 1 && (source[at + 1] as number) < 0x80))
    throw new Fault("der_malformed", `length is not minimal at ${at}`);
  return content;
}

function longLength(source: Uint8Array, from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i++) length = length * 256 + (source[i] as number);
  return length;
}
