/** One signature cut out of a PDF with nothing of ours: by a pattern over the octets. */
export type CutSignature = { readonly content: Uint8Array; readonly cms: Uint8Array };

/**
 * Every `/ByteRange` in the order of the file, with the octets it covers and the CMS in the gap, padding cut off.
 *
 * A pattern is enough for a judge: a signature dictionary is never compressed, and `/ByteRange` is never encrypted
 * (ISO 32000-2 §7.6.2, §12.8.1).
 */
export function cutSignatures(pdf: Uint8Array): CutSignature[] {
  const octets = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const ranges = octets.toString("latin1").matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g);
  return [...ranges].map((match) => {
    const [start, length, start2, length2] = match.slice(1).map(Number) as [number, number, number, number];
    const gap = octets.toString("latin1", start + length, start2);
    const padded = Buffer.from(gap.replace(/^\s*<|>\s*$/g, ""), "hex");
    return {
      content: Buffer.concat([octets.subarray(start, start + length), octets.subarray(start2, start2 + length2)]),
      cms: padded.subarray(0, derLength(padded)),
    };
  });
}

/** Length of the first element, header included; an indefinite one takes everything (X.690 §8.1.3). */
function derLength(der: Uint8Array): number {
  const first = der[1] ?? 0;
  if (first === 0x80) return der.length;
  if (first < 0x80) return 2 + first;
  let length = 0;
  for (let i = 0; i < first - 0x80; i++) length = length * 256 + (der[2 + i] ?? 0);
  return 2 + (first - 0x80) + length;
}
