import { type Bytes, concat } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Orientation, orientationOf } from "./exif.ts";

/** A JPEG that can stand in a PDF as it is (ITU-T T.81; ISO 32000-2 §7.4.8). */
export type Jpeg = {
  /** Pixels as they are stored, before any turning. */
  readonly width: number;
  readonly height: number;
  /** Grey, colour, or the four inks of print. */
  readonly components: 1 | 3 | 4;
  /** Inks are stored the other way round, as Adobe's programs do. */
  readonly inverted: boolean;
  readonly orientation: Orientation;
  /** The file without all that decoding does not need: where and when it was taken, by whom, thumbnails, what follows its end. */
  readonly data: Bytes;
};

/** Pixels of an image: 400 MB unpacked. A telephone takes 12 to 50 million, its best 200. */
const PIXEL_LIMIT = 100_000_000;
/** Scans of a progressive image: each walks over all of it. Programs write ten. */
const SCAN_LIMIT = 64;
/** Segments in all. */
const SEGMENT_LIMIT = 4096;

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
const APP1 = 0xe1;
const APP14 = 0xee;
/** Baseline, extended, progressive, with Huffman codes: what PDF has. Others are rare and not in every viewer. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const ADOBE = [0x41, 0x64, 0x6f, 0x62, 0x65];

type Frame = Pick<Jpeg, "width" | "height" | "components"> & {
  /** Components are called R, G and B: programs differ about what that means. */
  readonly letters: boolean;
};

/**
 * Reads a JPEG as far as a PDF needs to know it. The coded picture itself is not decoded.
 *
 * @throws Fault `photo_unreadable`: damaged, cut off, or of a kind that PDF does not have
 */
export function readJpeg(octets: Uint8Array): Jpeg {
  if (octets[0] !== 0xff || octets[1] !== SOI) throw unreadable("no JPEG");
  const kept: Uint8Array[] = [octets.subarray(0, 2)];
  const seen = { frame: undefined as Frame | undefined, adobe: false, tables: 0, scans: 0 };
  let orientation: Orientation = 1;
  let at = 2;
  for (let count = 0; ; count++) {
    if (count > SEGMENT_LIMIT) throw unreadable("too many segments");
    const { marker, start } = nextMarker(octets, at);
    if (marker === EOI) break;
    const end = segmentEnd(octets, start);
    const content = octets.subarray(start + 2, end);
    const whole = octets.subarray(start - 2, end);
    at = end;
    if (marker === APP1) orientation = orientation === 1 ? orientationOf(content) : orientation;
    else if (marker === APP14 && ADOBE.every((octet, i) => content[i] === octet) && content.length >= 12) {
      seen.adobe = true;
      // Without what may follow it: 12 octets are defined.
      kept.push(Uint8Array.of(0xff, APP14, 0, 14), content.subarray(0, 12));
    } else if (marker === DQT || marker === DHT || marker === DRI) {
      seen.tables |= marker === DQT ? 1 : marker === DHT ? 2 : 0;
      kept.push(whole);
    } else if (FRAMES.includes(marker)) {
      if (seen.frame !== undefined) throw unreadable("two frames");
      seen.frame = readFrame(content);
      kept.push(whole);
    } else if (marker === SOS) {
      if (seen.frame === undefined || seen.tables !== 3) throw unreadable("a scan before what it needs");
      if (++seen.scans > SCAN_LIMIT) throw unreadable("too many scans");
      at = scanEnd(octets, end);
      kept.push(octets.subarray(start - 2, at));
    } else if (!isLeftOut(marker)) throw unreadable(`marker ${marker.toString(16)}`);
  }
  const { frame, adobe, scans } = seen;
  if (frame === undefined || scans === 0) throw unreadable("no picture");
  if (frame.letters && !adobe) throw unreadable("components R, G, B without saying what they are");
  const { width, height, components } = frame;
  kept.push(Uint8Array.of(0xff, EOI));
  return { width, height, components, inverted: adobe && components === 4, orientation, data: concat(...kept) };
}

/** Notes of programs (APPn) and people (COM). */
const isLeftOut = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

/** A marker may be preceded by any number of 0xff (T.81 §B.1.1.2). @returns where its segment's length stands */
function nextMarker(octets: Uint8Array, from: number): { readonly marker: number; readonly start: number } {
  let at = from;
  if (octets[at] !== 0xff) throw unreadable("no marker where one is due");
  while (octets[at] === 0xff) at++;
  const marker = octets[at];
  if (marker === undefined) throw unreadable("cut off");
  return { marker, start: at + 1 };
}

function segmentEnd(octets: Uint8Array, start: number): number {
  const [high, low] = [octets[start], octets[start + 1]];
  if (high === undefined || low === undefined) throw unreadable("cut off");
  const end = start + 256 * high + low;
  if (end < start + 2 || end > octets.length) throw unreadable("a segment longer than the file");
  return end;
}

/** Where coded data ends: at the first marker that is no restart (T.81 §B.1.1.5). */
function scanEnd(octets: Uint8Array, from: number): number {
  for (let at = octets.indexOf(0xff, from); at !== -1; at = octets.indexOf(0xff, at)) {
    const next = octets[at + 1];
    if (next === undefined) break;
    // A filling 0xff: the marker may still be a restart.
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
  throw unreadable("cut off");
}

/** T.81 §B.2.2. */
function readFrame(content: Uint8Array): Frame {
  const [precision, h1 = 0, h0 = 0, w1 = 0, w0 = 0, components] = content;
  const height = 256 * h1 + h0;
  const width = 256 * w1 + w0;
  if (precision !== 8) throw unreadable("not eight bits a sample");
  if (components !== 1 && components !== 3 && components !== 4) throw unreadable(`${components} components`);
  if (content.length !== 6 + 3 * components) throw unreadable("a frame of the wrong length");
  // Height 0 says that it comes later, which PDF does not have.
  if (width === 0 || height === 0) throw unreadable("no size");
  if (width * height > PIXEL_LIMIT) throw unreadable("too many pixels");
  const names = Array.from({ length: components }, (_, i) => content[6 + 3 * i]);
  return { width, height, components, letters: names.join() === "82,71,66" };
}

function unreadable(detail: string): Fault {
  return new Fault("photo_unreadable", `not a JPEG for a PDF: ${detail}`);
}
