import { concat } from "../../lib/bytes/bytes.ts";
import { type Photo, photosPdf } from "../../lib/photos/photos-pdf.ts";

/** The PDF of some photos. The same photos in the same order give the same octets: its /ID is taken from them. */
export async function makePdf(photos: readonly Photo[], title: string, language: string): Promise<Uint8Array> {
  const turns = Uint8Array.from(photos, (photo) => photo.turns);
  const hash = await crypto.subtle.digest("SHA-256", concat(turns, ...photos.map(({ jpeg }) => jpeg.data)));
  return photosPdf({ photos, title, language, id: new Uint8Array(hash, 0, 16) });
}
