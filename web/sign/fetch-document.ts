import { Fault } from "../../lib/fault/fault.ts";
import { LARGEST_FILE } from "./limits.ts";

/** Milliseconds without anything coming: an agency's server that has stopped. */
const SILENCE_MS = 30_000;

/**
 * Fetches a document from where the agency said it is; our service is not asked, and gets nothing of it.
 *
 * @throws Fault `document_unreachable`, `pdf_too_large`
 */
export async function fetchDocument(url: string, onProgress: (part: number) => void): Promise<Blob> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, { credentials: "omit", redirect: "error", signal: stop.signal });
    if (!response.ok || response.body === null)
      throw new Fault("document_unreachable", `the document's server answered ${response.status}`);
    const length = Number(response.headers.get("content-length") ?? 0);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let octets = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), SILENCE_MS);
      octets += value.length;
      if (octets > LARGEST_FILE) throw new Fault("pdf_too_large", "a larger document is not shown");
      parts.push(value);
      if (length > 0) onProgress(Math.min(1, octets / length));
    }
    return new Blob(parts, { type: "application/pdf" });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("document_unreachable", "the document's server gives no answer", { cause });
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}
