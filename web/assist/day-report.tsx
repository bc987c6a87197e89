import { useCallback, useEffect, useState } from "preact/hooks";
import type { FaultCode } from "../../lib/text/faults.ts";
import { ASSIST } from "../../lib/text/web/assist.ts";
import type { SessionControl } from "../session/session.ts";
import { Button } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { useText } from "../ui/text.ts";
import { allowMore, type DayReport, readDay } from "./client.ts";

/** Helps that a supervisor allows at a time. */
const MORE = 10;
/** Of Viet Nam, as the service counts days. */
const OFFSET_MS = 7 * 3_600_000;

/** What was done today: an officer's own sessions, or all of the unit's for its supervisor. */
export function DayReportTable({ supervisor, control }: { supervisor: boolean; control: SessionControl }) {
  const text = useText(ASSIST);
  const [report, setReport] = useState<DayReport | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  const { failed } = control;
  const load = useCallback(async () => {
    try {
      setReport(await readDay(new Date(Date.now() + OFFSET_MS).toISOString().slice(0, 10)));
    } catch (error) {
      setCode(failed(error));
    }
  }, [failed]);
  useEffect(() => void load(), [load]);
  const raise = async (officer: string) => {
    try {
      await allowMore(officer, MORE);
      await load();
    } catch (error) {
      setCode(failed(error));
    }
  };
  const columns = [
    "officer",
    "sessions",
    "signedCount",
    "declinedCount",
    "disputedCount",
    "median",
    "allowed",
  ] as const;
  return (
    <section aria-labelledby="day-report">
      <h2 id="day-report">{text("supervisor")}</h2>
      {code !== undefined && <FaultCard code={code} />}
      {report?.officers.length === 0 && <p>{text("nobody")}</p>}
      {report !== undefined && report.officers.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard (WCAG 2.1.1).
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the controls of a form; this is a table.
        <div class="scroll" role="group" tabIndex={0} aria-labelledby="day-report">
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {text(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {report.officers.map((row) => (
                <tr key={row.officer}>
                  <th scope="row">
                    <bdi>{row.officerName ?? row.officer}</bdi>
                  </th>
                  <td>{row.sessions}</td>
                  <td>{row.signed}</td>
                  <td>{row.declined}</td>
                  <td>{row.disputed}</td>
                  <td>{row.medianSeconds === null ? "–" : Math.round(row.medianSeconds)}</td>
                  <td>
                    {row.allowed}{" "}
                    {supervisor && <Button onClick={() => raise(row.officer)}>{text("allowMore")}</Button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
