/** How an image is to be turned to be seen upright (Exif 2.32 §4.6.4, Orientation): 1 as it is, 2 mirrored, 3 upside down … 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION = 0x0112;
const SHORT = 3;
/** Entries of the first directory that are looked at. Cameras write some twenty. */
const ENTRIES = 200;

/**
 * The orientation in an Exif segment; 1 where there is none or the segment is broken: then the image is shown as it is stored.
 *
 * @param segment of APP1, from behind its length on
 */
export function orientationOf(segment: Uint8Array): Orientation {
  if (!EXIF.every((octet, i) => segment[i] === octet)) return 1;
  const tiff = segment.subarray(EXIF.length);
  const order = String.fromCharCode(tiff[0] ?? 0, tiff[1] ?? 0);
  if (order !== "II" && order !== "MM") return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const little = order === "II";
  const short = (at: number): number => (at + 2 <= tiff.length ? view.getUint16(at, little) : 0);
  if (tiff.length < 8 || short(2) !== 42) return 1;
  const directory = view.getUint32(4, little);
  const count = Math.min(short(directory), ENTRIES);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (short(entry) !== ORIENTATION || short(entry + 2) !== SHORT) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}
