import { useEffect, useMemo, useState } from "preact/hooks";
import type { Checked } from "./check-file.ts";
import { askStanding, type KnownStanding, ownSerials } from "./standings.ts";

/** The standings of the signatures of a file, as they come in. @returns and how to ask again where that failed */
export function useStandings({ answer, trust }: Checked): [readonly KnownStanding[], () => void] {
  const serials = useMemo(() => ownSerials(answer, trust), [answer, trust]);
  const [known, setKnown] = useState<ReadonlyMap<string, KnownStanding>>(new Map());
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const ask = async (serial: string): Promise<void> => {
      setKnown((before) => new Map(before).set(serial, "asking"));
      const standing = await askStanding(serial, stop.signal);
      if (!stop.signal.aborted) setKnown((before) => new Map(before).set(serial, standing));
    };
    for (const serial of new Set(serials)) if (serial !== undefined) void ask(serial);
    return () => stop.abort();
  }, [serials, round]);
  const standings = serials.map((serial): KnownStanding => {
    return serial === undefined ? "foreign" : (known.get(serial) ?? "asking");
  });
  return [standings, () => setRound((before) => before + 1)];
}
