import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { damaged } from "./scanner.ts";

/** /DecodeParms of Flate and LZW (ISO 32000-2 table 8). */
export type Prediction = {
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
};

export const NO_PREDICTION: Prediction = { predictor: 1, colors: 1, bits: 8, columns: 1 };

/** Octets in a row; far beyond any cross-reference stream, and no product below leaves the integers. */
const ROW_LIMIT = 1 << 24;

/** Octets that carry `length` octets once predicted: PNG puts one octet before every row. */
export function predictedLength(p: Prediction, length: number): number {
  return p.predictor < 10 ? length : length + Math.ceil(length / rowLength(p));
}

/**
 * Undoes PNG prediction (RFC 2083 §6; the row's own octet decides, whatever number of 10 to 15 is announced) and TIFF
 * prediction of whole octets.
 *
 * @throws Fault `pdf_invalid` for parameters or rows out of range, `pdf_unsupported` for TIFF prediction of odd widths
 */
export function unpredict(data: Bytes, p: Prediction): Bytes {
  if (p.predictor === 1) return data;
  if (p.predictor === 2) return untiff(data, p);
  if (p.predictor < 10 || p.predictor > 15) throw damaged(`predictor ${p.predictor}`);
  return unpng(data, rowLength(p), pixelLength(p));
}

function pixelLength(p: Prediction): number {
  return Math.max(1, (p.colors * p.bits + 7) >> 3);
}

function rowLength(p: Prediction): number {
  const octets = Math.ceil((p.colors * p.bits * p.columns) / 8);
  const sane = p.colors > 0 && p.colors <= 32 && [1, 2, 4, 8, 16].includes(p.bits) && p.columns > 0;
  if (!sane || !(octets <= ROW_LIMIT)) throw damaged("prediction parameters are out of range");
  return octets;
}

function unpng(data: Bytes, row: number, pixel: number): Bytes {
  const out = new Uint8Array(Math.ceil(data.length / (row + 1)) * row);
  let to = 0;
  for (let from = 0; from < data.length; from += row + 1) {
    const length = Math.min(row, data.length - from - 1);
    unpngRow(data, from, length, out, to, row, pixel);
    to += length;
  }
  return out.subarray(0, to);
}

/** By offsets, without views: a cross-reference stream has a row for every object of the file. */
function unpngRow(data: Bytes, from: number, length: number, out: Bytes, to: number, row: number, pixel: number): void {
  const filter = data[from] as number;
  if (filter > 4) throw damaged(`PNG filter ${filter}`);
  for (let i = 0; i < length; i++) {
    const at = to + i;
    const above = at < row ? 0 : (out[at - row] as number);
    const left = i < pixel ? 0 : (out[at - pixel] as number);
    let guess = 0;
    if (filter === 2) guess = above;
    else if (filter === 1) guess = left;
    else if (filter === 3) guess = (left + above) >> 1;
    else if (filter === 4) guess = paeth(left, above, i < pixel || at < row ? 0 : (out[at - row - pixel] as number));
    out[at] = (data[from + 1 + i] as number) + guess;
  }
}

function paeth(a: number, b: number, c: number): number {
  const pa = Math.abs(b - c);
  const pb = Math.abs(a - c);
  const pc = Math.abs(a + b - 2 * c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

function untiff(data: Bytes, p: Prediction): Bytes {
  if (p.bits !== 8) throw new Fault("pdf_unsupported", `TIFF prediction of ${p.bits} bits`);
  const row = rowLength(p);
  const out = data.slice();
  for (let i = 0; i < out.length; i++) {
    if (i % row >= p.colors) out[i] = (out[i] as number) + (out[i - p.colors] as number);
  }
  return out;
}
