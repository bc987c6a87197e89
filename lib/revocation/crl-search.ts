/** Up to so many look-ups in a row cost less than sorting first. */
const LINEAR_LOOKUPS = 48;
/** In a list as short as this nobody sorts. */
const MIN_SORTED = 1024;

/**
 * A search by serial number in entries that {@link scanEntries} has gone through. It goes from entry to entry; from some number of
 * look-ups on it has the offsets of the entries sorted, four octets each. No table of hashes: whoever makes the CRL chooses the serial
 * numbers, and could have them all fall on one place.
 *
 * @returns a function that gives the offsets of the entries with a serial number (content octets), ascending, at most `most`
 */
export function newSerialSearch(
  source: Uint8Array,
  from: number,
  to: number,
  count: number,
): (serial: Uint8Array, most: number) => readonly number[] {
  let lookups = 0;
  let sorted: Int32Array | undefined;
  return (serial, most) => {
    if (sorted === undefined && count >= MIN_SORTED && ++lookups > LINEAR_LOOKUPS)
      sorted = sortOffsets(source, from, to, count);
    return sorted === undefined ? linear(source, from, to, serial, most) : binary(source, sorted, serial, most);
  };
}

/** Offset of the content of an element whose header is known to be well formed. */
function contentAt(source: Uint8Array, at: number): number {
  const first = source[at + 1] as number;
  return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
}

function lengthAt(source: Uint8Array, at: number): number {
  const first = source[at + 1] as number;
  if (first < 0x80) return first;
  let length = 0;
  for (let i = at + 2; i < at + 2 + (first & 0x7f); i++) length = length * 256 + (source[i] as number);
  return length;
}

function linear(source: Uint8Array, from: number, to: number, serial: Uint8Array, most: number): number[] {
  const found: number[] = [];
  const wanted = serial.length;
  const last = serial[wanted - 1];
  for (let at = from; at < to && found.length < most; ) {
    const content = contentAt(source, at);
    // The last octet first: serial numbers that are counted up, or made by one program, begin alike.
    if (lengthAt(source, content) === wanted) {
      const start = contentAt(source, content);
      if (source[start + wanted - 1] === last && compareAt(source, start, serial) === 0) found.push(at);
    }
    at = content + lengthAt(source, at);
  }
  return found;
}

function sortOffsets(source: Uint8Array, from: number, to: number, count: number): Int32Array {
  const offsets = new Int32Array(count);
  let n = 0;
  for (let at = from; at < to; at = contentAt(source, at) + lengthAt(source, at)) offsets[n++] = at;
  // Stable: equal ones stay in their order (ECMA-262 §23.2.3.29).
  return offsets.sort((a, b) => compareEntries(source, a, b));
}

function compareEntries(source: Uint8Array, a: number, b: number): number {
  const [first, second] = [contentAt(source, a), contentAt(source, b)];
  const length = lengthAt(source, first);
  const difference = length - lengthAt(source, second);
  if (difference !== 0) return difference;
  const [i, j] = [contentAt(source, first), contentAt(source, second)];
  for (let k = 0; k < length; k++) {
    const order = (source[i + k] as number) - (source[j + k] as number);
    if (order !== 0) return order;
  }
  return 0;
}

function binary(source: Uint8Array, sorted: Int32Array, serial: Uint8Array, most: number): number[] {
  const order = (at: number): number => {
    const content = contentAt(source, at);
    return lengthAt(source, content) - serial.length || compareAt(source, contentAt(source, content), serial);
  };
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sorted[middle] as number) < 0) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let i = low; i < sorted.length && found.length < most && order(sorted[i] as number) === 0; i++)
    found.push(sorted[i] as number);
  return found;
}

function compareAt(source: Uint8Array, at: number, octets: Uint8Array): number {
  for (let i = 0; i < octets.length; i++) {
    const order = (source[at + i] as number) - (octets[i] as number);
    if (order !== 0) return order;
  }
  return 0;
}
