import { Fault } from "../../lib/fault/fault.ts";
import { type Jpeg, readJpeg } from "../../lib/photos/jpeg.ts";
import { AS_IT_IS, LONG_SIDE, MOST_FILE, MOST_PIXELS, QUALITY } from "./limits.ts";

export type ReadPhoto = {
  readonly jpeg: Jpeg;
  /** A small picture of it, upright: an address of this page's. Whoever gets it revokes it. */
  readonly preview: string;
  readonly small: Blob;
};

/** CSS pixels of a preview, twice for fine screens. */
const PREVIEW_SIDE = 320;

/**
 * Makes a photo of a file: a JPEG as it is where it is small enough, without its notes; anything else that the browser can show as a
 * new JPEG.
 *
 * @throws Fault `photo_unreadable`
 */
export async function readPhoto(file: Blob): Promise<ReadPhoto> {
  if (file.size > MOST_FILE) throw new Fault("photo_unreadable", "a file that is too large");
  const octets = new Uint8Array(await file.arrayBuffer());
  const own = jpegOf(octets);
  if ((pngPixels(octets) ?? 0) > MOST_PIXELS) throw new Fault("photo_unreadable", "too many pixels");
  let bitmap: ImageBitmap;
  try {
    // Proves too that the coded picture can be decoded.
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new Fault("photo_unreadable", "the browser cannot decode it", { cause });
  }
  try {
    const small = octets.length <= AS_IT_IS && Math.max(bitmap.width, bitmap.height) <= LONG_SIDE;
    const jpeg = own !== undefined && small ? own : await encode(bitmap);
    const picture = await drawn(bitmap, PREVIEW_SIDE);
    return { jpeg, small: picture, preview: URL.createObjectURL(picture) };
  } finally {
    bitmap.close();
  }
}

/** Whether it is what Apple's cameras write by themselves (ISO/IEC 23008-12): few browsers read it. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei|hev|mif1|msf1)/.test(String.fromCharCode(...head));
}

function jpegOf(octets: Uint8Array): Jpeg | undefined {
  try {
    return readJpeg(octets);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

async function encode(bitmap: ImageBitmap): Promise<Jpeg> {
  const blob = await drawn(bitmap, LONG_SIDE);
  return readJpeg(new Uint8Array(await blob.arrayBuffer()));
}

async function drawn(bitmap: ImageBitmap, side: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(scale * bitmap.width));
  canvas.height = Math.max(1, Math.round(scale * bitmap.height));
  const context = canvas.getContext("2d");
  if (context === null) throw new Fault("photo_unreadable", "no canvas");
  context.imageSmoothingQuality = "high";
  // What is transparent is paper.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = 0;
  if (blob === null) throw new Fault("photo_unreadable", "the canvas gives no JPEG");
  return blob;
}

/** Of a PNG, before it is unpacked (W3C PNG §11.2.1); undefined where it is none. */
function pngPixels(octets: Uint8Array): number | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (octets.length < 24 || !signature.every((octet, i) => octets[i] === octet)) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  return view.getUint32(16) * view.getUint32(20);
}
