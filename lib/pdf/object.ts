/** `12 0 R` (ISO 32000-2 §7.3.10). */
export type PdfRef = { readonly kind: "ref"; readonly number: number; readonly generation: number };

/**
 * A string as it is written (§7.3.4), delimiters included, so that it goes into a new revision octet for octet;
 * `stringOctets` reads it.
 */
export type PdfString = {
  readonly kind: "string";
  readonly raw: Uint8Array;
  /** Offset of `raw` in the file; -1 where it comes out of an object stream or out of this program. */
  readonly at: number;
  /** Encrypted under the number of the object that holds it: a rewrite of that object keeps it as it is. */
  readonly sealed: boolean;
};

/** Numbers that are not whole, and tokens that nobody knows: kept as written (`0.10`, `1e5`). */
export type PdfToken = { readonly kind: "token"; readonly text: string };

/** So many octets that are filled in when everything else is written: /ByteRange and /Contents. Never encrypted. */
export type PdfRoom = { readonly kind: "room"; readonly length: number };

export type PdfArray = readonly PdfObject[];
/** Keys are names without the slash. Where a key is written twice the last one counts. */
export type PdfDict = ReadonlyMap<string, PdfObject>;

/** A JavaScript string is a *name* (without the slash, one character an octet); a number is an integer. */
export type PdfObject = null | boolean | number | string | PdfRef | PdfString | PdfToken | PdfRoom | PdfArray | PdfDict;

/** A stream of the file (§7.3.8): its data stays where it is. */
export type PdfStream = {
  readonly kind: "stream";
  readonly dict: PdfDict;
  /** Offset of the first octet of data. */
  readonly start: number;
};

export type PdfValue = PdfObject | PdfStream;

/** An indirect object (§7.3.10). */
export type Indirect = {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** A key of one of its dictionaries is written twice: readers differ about which one counts. */
  readonly repeats?: boolean;
};

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map;
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return Array.isArray(value);
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return kindOf(value) === "ref";
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return kindOf(value) === "string";
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return kindOf(value) === "stream";
}

export function ref(number: number, generation = 0): PdfRef {
  return { kind: "ref", number, generation };
}

/** What tells the objects apart that are neither arrays nor dictionaries; undefined for everything else. */
export function kindOf(value: PdfValue | undefined): string | undefined {
  // Arrays and maps have no such property: asking for its value is several times faster than asking whether it is there.
  return typeof value === "object" && value !== null ? (value as { readonly kind?: string }).kind : undefined;
}
