import { useEffect, useMemo } from "preact/hooks";
import type { OpenedDocument } from "../viewer/open.ts";

/** How to open a file to be shown: once, when it is first wanted, and closed with whoever has this. */
export function useOpener(file: Blob): () => Promise<OpenedDocument> {
  const held = useMemo(() => {
    const stop = new AbortController();
    let opened: Promise<OpenedDocument> | undefined;
    const start = async (): Promise<OpenedDocument> => {
      const [{ openDocument }, octets] = await Promise.all([import("../viewer/open.ts"), file.arrayBuffer()]);
      return openDocument(new Uint8Array(octets), { signal: stop.signal });
    };
    const open = (): Promise<OpenedDocument> => {
      opened ??= start();
      return opened;
    };
    return { open, stop };
  }, [file]);
  useEffect(() => () => held.stop.abort(), [held]);
  return held.open;
}
