import { useEffect, useRef, useState } from "preact/hooks";
import { type Checked, withStandingsOf } from "./check-file.ts";

/** A checked file, and how to ask the service again what it could not be asked before. */
export function useStandings(first: Checked): [Checked, () => void] {
  const [checked, setChecked] = useState(first);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const again = async (): Promise<void> => {
    const { signal } = stop.current;
    const found = await withStandingsOf(first, signal);
    if (!signal.aborted) setChecked(found);
  };
  return [checked, () => void again()];
}
