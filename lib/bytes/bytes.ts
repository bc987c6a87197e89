/** Octets that own their memory from offset to end as the DOM types want them; what every room returns. */
export type Bytes = Uint8Array<ArrayBuffer>;

const ENCODER = new TextEncoder();
// ignoreBOM keeps U+FEFF as a character: octets that were signed must survive a round trip through text.
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Octets: up to here a text is made quicker by hand. */
const SHORT = 64;

/** @returns the parts one after the other, in fresh memory */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equality of public octets; stops at the first difference. For secrets use {@link equalSecret}. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Equality of secrets: the time depends on the lengths only, never on where the first difference is. */
export function equalSecret(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] ?? 0);
  return difference === 0;
}

export function fromUtf8(text: string): Bytes {
  return ENCODER.encode(text);
}

/** @returns the text, or undefined where the octets are not well-formed UTF-8 (RFC 3629) */
export function toUtf8(octets: Uint8Array): string | undefined {
  try {
    return DECODER.decode(octets);
  } catch {
    return undefined;
  }
}

/** @param codes below 0x80, all of them: the same in every encoding */
export function asciiText(codes: Uint8Array): string {
  // A call of a decoder costs as much as a few dozen characters made one by one.
  return codes.length <= SHORT ? Reflect.apply(String.fromCharCode, undefined, codes) : DECODER.decode(codes);
}

/** One character an octet (ISO 8859-1), the way PDF syntax and PrintableString are read. */
export function toLatin1(octets: Uint8Array, from = 0, to = octets.length): string {
  // Times and serial numbers; spreading costs more than they do.
  if (to - from <= SHORT) return Reflect.apply(String.fromCharCode, undefined, octets.subarray(from, to));
  let text = "";
  // In slices: a call takes only so many arguments.
  for (let i = from; i < to; i += 8192) text += String.fromCharCode(...octets.subarray(i, Math.min(i + 8192, to)));
  return text;
}

/** @throws RangeError a character beyond U+00FF */
export function fromLatin1(text: string): Bytes {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new RangeError("a character does not fit one octet");
    octets[i] = code;
  }
  return octets;
}
