import type { Bytes } from "../bytes/bytes.ts";

/** Octets being written; grows as needed. */
export type Sink = { octets: Bytes; length: number };

export function newSink(capacity: number): Sink {
  return { octets: new Uint8Array(capacity), length: 0 };
}

/** @param text ASCII */
export function putText(sink: Sink, text: string): void {
  reserve(sink, text.length);
  const { octets } = sink;
  let at = sink.length;
  for (let i = 0; i < text.length; i++) octets[at++] = text.charCodeAt(i);
  sink.length = at;
}

export function putOctets(sink: Sink, octets: Uint8Array): void {
  reserve(sink, octets.length);
  sink.octets.set(octets, sink.length);
  sink.length += octets.length;
}

/** @returns what has been written, in memory of its own; the sink is of no use afterwards */
export function finish(sink: Sink): Bytes {
  return new Uint8Array(sink.octets.buffer.transfer(sink.length));
}

function reserve(sink: Sink, more: number): void {
  const need = sink.length + more;
  if (need <= sink.octets.length) return;
  const bigger = new Uint8Array(Math.max(need, 2 * sink.octets.length));
  bigger.set(sink.octets.subarray(0, sink.length));
  sink.octets = bigger;
}
