import { useEffect, useRef, useState } from "preact/hooks";
import type { Checked } from "./check-file.ts";
import { askStandings, type KnownStanding } from "./standings.ts";

/** The standings of the signatures of a file. @returns and how to ask again where that failed */
export function useStandings({ answer, trust, standings }: Checked): [readonly KnownStanding[], () => void] {
  const [known, setKnown] = useState(standings);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const again = async (): Promise<void> => {
    const { signal } = stop.current;
    const found = await askStandings(answer, trust, signal);
    if (!signal.aborted) setKnown(found);
  };
  return [known, () => void again()];
}
