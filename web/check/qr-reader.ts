import { WORKERS } from "web:assets";
import type { QrTold } from "./qr-protocol.ts";

/** Pixels of the longer side: a code that fills a tenth of such a picture has 20 pixels a module; more only costs time. */
const LONGEST = 2000;
/** Milliseconds for one picture, the reader's own loading included. */
const PATIENCE_MS = 20_000;

/** Finds QR codes in pictures, beside the page. */
export type QrReader = {
  /** @returns texts of the codes, `failed` where this device cannot read any */
  readonly read: (picture: ImageBitmapSource) => Promise<QrTold["texts"]>;
  readonly close: () => void;
};

export function newQrReader(): QrReader {
  let worker: Worker | undefined;
  const close = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    close,
    async read(picture) {
      const bitmap = await smaller(await createImageBitmap(picture));
      worker ??= new Worker(WORKERS.qr ?? "", { type: "module" });
      const at = worker;
      return new Promise((resolve) => {
        const end = (texts: QrTold["texts"]): void => {
          clearTimeout(timer);
          resolve(texts);
        };
        const timer = setTimeout(() => {
          close();
          end("failed");
        }, PATIENCE_MS);
        at.onmessage = ({ data }: MessageEvent<QrTold>) => end(data.texts);
        at.onerror = () => {
          close();
          end("failed");
        };
        at.postMessage(bitmap, [bitmap]);
      });
    },
  };
}

async function smaller(bitmap: ImageBitmap): Promise<ImageBitmap> {
  const scale = LONGEST / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) return bitmap;
  const size = { resizeWidth: Math.max(1, Math.round(bitmap.width * scale)), resizeQuality: "medium" } as const;
  const made = await createImageBitmap(bitmap, size);
  bitmap.close();
  return made;
}
