import { useEffect, useState } from "preact/hooks";
import { loadTrust } from "./trust.ts";

/** Octets of the largest file that the service takes; undefined until it is known. @param wanted asks for nothing where false */
export function useSendable(wanted: boolean): number | undefined {
  const [sendable, setSendable] = useState<number>();
  useEffect(() => {
    if (wanted)
      loadTrust().then(
        (trust) => setSendable(trust.sendable),
        () => undefined,
      );
  }, [wanted]);
  return sendable;
}
