import type { Bytes } from "../bytes/bytes.ts";
import type { PdfRoom } from "./object.ts";

/** Octets being written; grows as needed. Rooms take their place in it but no memory before the end. */
export type Sink = {
  /** Everything but the rooms. */
  octets: Bytes;
  /** How much of `octets` is written. */
  used: number;
  /** Octets of all rooms. */
  roomed: number;
  /** Where the rooms are in what comes out, in their order. */
  readonly rooms: { readonly room: PdfRoom; readonly at: number }[];
};

export function newSink(capacity: number): Sink {
  return { octets: new Uint8Array(capacity), used: 0, roomed: 0, rooms: [] };
}

/** Octets written so far, rooms included. */
export function lengthOf(sink: Sink): number {
  return sink.used + sink.roomed;
}

/** @param text ASCII */
export function putText(sink: Sink, text: string): void {
  reserve(sink, text.length);
  sink.used = writeText(text, sink.octets, sink.used);
}

export function putOctets(sink: Sink, octets: Uint8Array): void {
  reserve(sink, octets.length);
  sink.octets.set(octets, sink.used);
  sink.used += octets.length;
}

/** @param value a whole number, not negative */
export function putUnsigned(sink: Sink, value: number): void {
  let width = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) width++;
  putDigits(sink, value, width);
}

/** @param value a whole number, not negative; zeros stand in front of one with fewer digits than `width` */
export function putDigits(sink: Sink, value: number, width: number): void {
  reserve(sink, width);
  let rest = value;
  for (let at = sink.used + width - 1; at >= sink.used; at--) {
    sink.octets[at] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  sink.used += width;
}

export function putRoom(sink: Sink, room: PdfRoom): void {
  sink.rooms.push({ room, at: lengthOf(sink) });
  sink.roomed += room.length;
}

/** @returns what has been written, zeros in the rooms, in memory of its own and of its size */
export function finish(sink: Sink): Bytes {
  const whole = new Uint8Array(lengthOf(sink));
  let from = 0;
  let at = 0;
  for (const { room, at: start } of sink.rooms) {
    const to = from + start - at;
    whole.set(sink.octets.subarray(from, to), at);
    from = to;
    at = start + room.length;
  }
  whole.set(sink.octets.subarray(from, sink.used), at);
  return whole;
}

/** @param text ASCII @returns where it ends */
export function writeText(text: string, into: Uint8Array, at: number): number {
  let end = at;
  for (let i = 0; i < text.length; i++) into[end++] = text.charCodeAt(i);
  return end;
}

function reserve(sink: Sink, more: number): void {
  const need = sink.used + more;
  if (need <= sink.octets.length) return;
  const bigger = new Uint8Array(Math.max(need, 2 * sink.octets.length));
  bigger.set(sink.octets.subarray(0, sink.used));
  sink.octets = bigger;
}
