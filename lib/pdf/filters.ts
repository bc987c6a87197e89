import { unascii85, unhex, unlzw } from "#old-filters";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { inflate } from "./inflate.ts";
import { isArray, isDict, type PdfDict, type PdfObject, type PdfValue } from "./object.ts";
import { NO_PREDICTION, type Prediction, predictedLength, unpredict } from "./predictor.ts";

/** One filter of a stream, its parameters resolved. */
export type Filter = {
  readonly name: string;
  readonly prediction: Prediction;
  readonly early: number;
  readonly crypt: string;
};

/** A chain of filters. Two are common (ASCII85 over Flate), more than four are a trap. */
const CHAIN_LIMIT = 4;

/** Resolves a reference; streams of cross references are read with one that knows none. */
export type Resolve = (value: PdfObject | undefined) => PdfValue;

/**
 * The filters of a stream, in the order in which they are to be undone (ISO 32000-2 table 5).
 *
 * @throws Fault `pdf_unsupported` for a chain that is too long
 */
export function filtersOf(dict: PdfDict, resolve: Resolve): Filter[] {
  const names = listed(resolve(dict.get("Filter") ?? dict.get("F")), resolve);
  if (names.length > CHAIN_LIMIT) throw new Fault("pdf_unsupported", `a stream has ${names.length} filters`);
  const parameters = listed(resolve(dict.get("DecodeParms") ?? dict.get("DP")), resolve);
  return names.map((name, i) => filterOf(typeof name === "string" ? name : "?", parameters[i], resolve));
}

/**
 * Undoes the filters.
 *
 * @param enough the caller needs no more octets than that
 * @param limit output that is refused
 * @throws Fault `pdf_invalid` for damaged data, `pdf_limit`, `pdf_unsupported` for filters that only pictures have
 */
export function unfilter(data: Uint8Array, filters: readonly Filter[], enough: number, limit: number): Bytes {
  let octets: Uint8Array = data;
  for (const filter of filters) octets = step(octets, filter, filter === filters.at(-1) ? enough : limit, limit);
  return filters.length === 0 ? Uint8Array.from(octets.subarray(0, enough)) : (octets as Bytes);
}

function step(data: Uint8Array, filter: Filter, enough: number, limit: number): Bytes {
  const { prediction } = filter;
  switch (filter.name) {
    case "FlateDecode":
    case "Fl":
      return unpredict(
        inflate(data, predictedLength(prediction, enough), predictedLength(prediction, limit)),
        prediction,
      );
    case "LZWDecode":
    case "LZW":
      return unpredict(unlzw(data, filter.early, predictedLength(prediction, limit)), prediction);
    case "ASCIIHexDecode":
    case "AHx":
      return unhex(data);
    case "ASCII85Decode":
    case "A85":
      return unascii85(data, limit);
    // Decryption came before: it needs the key (§7.4.10).
    case "Crypt":
      return data as Bytes;
    default:
      throw new Fault("pdf_unsupported", `filter ${filter.name.slice(0, 32)} on a stream of objects`);
  }
}

function filterOf(name: string, parameters: PdfValue | undefined, resolve: Resolve): Filter {
  const dict = isDict(parameters) ? parameters : new Map<string, PdfObject>();
  const integer = (key: string, missing: number): number => {
    const value = resolve(dict.get(key));
    return typeof value === "number" ? value : missing;
  };
  const crypt = resolve(dict.get("Name"));
  return {
    name,
    prediction: {
      predictor: integer("Predictor", NO_PREDICTION.predictor),
      colors: integer("Colors", NO_PREDICTION.colors),
      bits: integer("BitsPerComponent", NO_PREDICTION.bits),
      columns: integer("Columns", NO_PREDICTION.columns),
    },
    early: integer("EarlyChange", 1) === 0 ? 0 : 1,
    crypt: typeof crypt === "string" ? crypt : "Identity",
  };
}

function listed(value: PdfValue, resolve: Resolve): PdfValue[] {
  if (value === null) return [];
  // Longer lists are refused by their caller; resolving them would be work for nothing.
  return isArray(value) ? value.slice(0, CHAIN_LIMIT + 1).map((item) => resolve(item)) : [value];
}
