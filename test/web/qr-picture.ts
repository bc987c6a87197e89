import { crc32, deflateSync } from "node:zlib";
import { encode } from "uqr";

/** A picture of a QR code as somebody saves it: PNG, black on white. @param scale pixels of a module */
export function qrPicture(text: string, scale = 6): Buffer {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const side = size * scale;
  const lines = Array.from({ length: side }, (_, y) => {
    const row = data[Math.floor(y / scale)] ?? [];
    return Buffer.from([0, ...Array.from({ length: side }, (_, x) => (row[Math.floor(x / scale)] ? 0 : 255))]);
  });
  return png(side, side, Buffer.concat(lines));
}

/** A picture of nothing. */
export function emptyPicture(side = 200): Buffer {
  return png(side, side, Buffer.concat(Array.from({ length: side }, () => Buffer.from([0, ...Array(side).fill(230)]))));
}

/** Grey, eight bits a pixel; lines with their filter in front (RFC 2083). */
function png(width: number, height: number, lines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
