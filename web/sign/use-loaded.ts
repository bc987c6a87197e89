import { useEffect, useState } from "preact/hooks";

/** A part of the page that is loaded when it is needed; undefined until then. @param load the same function each time */
export function useLoaded<T>(load: () => Promise<T>): T | undefined {
  const [part, setPart] = useState<{ readonly loaded: T }>();
  useEffect(() => {
    let wanted = true;
    const fetchIt = () => {
      load().then(
        (loaded) => wanted && setPart({ loaded }),
        () => undefined,
      );
    };
    fetchIt();
    // Without a network it is asked for again when there is one.
    addEventListener("online", fetchIt);
    return () => {
      wanted = false;
      removeEventListener("online", fetchIt);
    };
  }, [load]);
  return part?.loaded;
}

/** The octets of files, one after the other; undefined until they are read, or where one cannot be. */
export function useOctets(...files: readonly (Blob | undefined)[]): Uint8Array | undefined {
  const [octets, setOctets] = useState<Uint8Array>();
  useEffect(() => {
    let wanted = true;
    setOctets(undefined);
    const parts = files.filter((file) => file !== undefined);
    if (parts.length < files.length) return undefined;
    new Blob(parts).arrayBuffer().then(
      (buffer) => wanted && setOctets(new Uint8Array(buffer)),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, files);
  return octets;
}
