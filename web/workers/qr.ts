import type { QrTold } from "../check/qr-protocol.ts";

/** The detector of the browser, where there is one (Shape Detection API). */
type Detector = { readonly detect: (image: ImageBitmap) => Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** Codes in one picture that are looked at. */
const MOST_CODES = 4;

let reader: Promise<(image: ImageBitmap) => Promise<readonly string[]>> | undefined;

addEventListener("message", ({ data }: MessageEvent<ImageBitmap>) => {
  read(data).then(
    (texts) => postMessage({ texts } satisfies QrTold),
    () => postMessage({ texts: "failed" } satisfies QrTold),
  );
});

async function read(image: ImageBitmap): Promise<readonly string[]> {
  try {
    reader ??= choose();
    return await (await reader)(image);
  } finally {
    image.close();
  }
}

async function choose(): Promise<(image: ImageBitmap) => Promise<readonly string[]>> {
  const own = (globalThis as { readonly BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = (await own?.getSupportedFormats().catch(() => undefined)) ?? [];
  if (own !== undefined && formats.includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (image) => (await detector.detect(image)).map(({ rawValue }) => rawValue);
  }
  const { prepareZXingModule, readBarcodes, ZXING_WASM_VERSION } = await import("zxing-wasm/reader");
  // Where the package fetches it by itself is a host of others.
  const at = new URL(`/assets/zxing/${ZXING_WASM_VERSION}/zxing_reader.wasm`, location.origin).href;
  await prepareZXingModule({ overrides: { locateFile: () => at }, fireImmediately: true });
  return async (image) => {
    const found = await readBarcodes(pixelsOf(image), { formats: ["QRCode"], maxNumberOfSymbols: MOST_CODES });
    return found.map(({ text }) => text);
  };
}

function pixelsOf(image: ImageBitmap): ImageData {
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  if (context === null) throw new TypeError("no canvas");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}
