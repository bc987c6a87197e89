import { FAULTS } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { withoutSigning } from "../../lib/text/without-signing.ts";
import { SIGNS } from "../ui/controls.tsx";
import { fill, useText } from "../ui/text.ts";
import { bannerOfRow, type Row, signersOf } from "./batch-rows.ts";
import type { Checked } from "./check-file.ts";
import { Outside } from "./outside.tsx";
import { Template, useSay } from "./template.tsx";

type TableProps = {
  readonly rows: readonly Row[];
  /** What was not looked at will not be. */
  readonly stopped: boolean;
  readonly onShow: (checked: Checked) => void;
};

export function BatchTable({ rows, stopped, onShow }: TableProps) {
  const text = useText(CHECK);
  return (
    <table class="batch">
      <caption class="visually-hidden">{text("batch")}</caption>
      <thead>
        <tr>
          <th scope="col">{text("fileColumn")}</th>
          <th scope="col">{text("resultColumn")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <th scope="row">
              <Outside most={80}>{row.file.name}</Outside>
            </th>
            <td>
              <Verdict row={row} stopped={stopped} />
              {row.state === "done" && (
                <button
                  type="button"
                  class="inline-button"
                  aria-label={fill(text("showOneOf"), { name: row.file.name.slice(0, 80) })}
                  onClick={() => onShow(row.checked)}
                >
                  {text("showOne")}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verdict({ row, stopped }: { row: Row; stopped: boolean }) {
  const text = useText(CHECK);
  const say = useSay();
  const banner = bannerOfRow(row);
  if (banner !== undefined) {
    const signers = signersOf(row);
    return (
      <>
        <p class={`tone-${banner.tone}`}>
          <span aria-hidden="true">{SIGNS[banner.tone]}</span> {say(banner.title)}
        </p>
        {signers.length > 0 && (
          <p class="hint">
            <Template words={CHECK.signedBy} values={{ names: <Outside>{signers.slice(0, 5).join("; ")}</Outside> }} />
          </p>
        )}
      </>
    );
  }
  if (row.state === "failed")
    return (
      <p class="tone-unsure">
        <span aria-hidden="true">?</span> {text("unreadable")}: {say(withoutSigning(FAULTS[row.code]))}
      </p>
    );
  return (
    <p class="hint">{text(row.state === "checking" && !stopped ? "checking" : stopped ? "notChecked" : "waiting")}</p>
  );
}
