/** Milliseconds: a browser has begun to write by then. */
const KEPT_MS = 60_000;

/** Saves octets on the device under a name. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
