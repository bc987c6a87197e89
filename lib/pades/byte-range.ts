import { digest } from "#crypto";
import type { Bytes } from "../bytes/bytes.ts";
import type { Prepared } from "./prepared.ts";

/**
 * SHA-256 over the two ranges that a signature covers (ISO 32000-2 §12.8.1). The file is read where it lies: nothing is
 * joined or copied.
 *
 * @param pdf the file that was prepared, unchanged
 * @throws RangeError another file
 */
export function byteRangeDigest(pdf: Uint8Array, prepared: Prepared): Bytes {
  const { appended, byteRange } = prepared;
  const [, before, behind, after] = byteRange;
  const start = behind + after - appended.length;
  if (pdf.length !== start) throw new RangeError(`prepared from a file of ${start} octets, not ${pdf.length}`);
  return digest("SHA-256", pdf, appended.subarray(0, before - start), appended.subarray(behind - start));
}
