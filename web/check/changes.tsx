import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import { useText } from "../ui/text.ts";
import { Outside } from "./outside.tsx";
import { Template, useSay } from "./template.tsx";

type Change = SignatureReport["changeList"][number];

/** Changes that are listed; a file that was made for it has a hundred thousand. */
const LISTED = 20;

/** What was done behind a signature, each thing once with where it is; what is not permitted first. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const text = useText(CHECK);
  const say = useSay();
  if (changes.length === 0) return null;
  const first = [...changes.filter(({ permitted }) => !permitted), ...changes.filter(({ permitted }) => permitted)];
  const shown = first.slice(0, LISTED);
  return (
    <>
      <ul class="changes">
        {shown.map((change, i) => (
          <li key={i} class={change.permitted ? undefined : "against"}>
            {say(change)}
            <Where change={change} />
          </li>
        ))}
      </ul>
      {first.length > shown.length && <p>{text("moreChanges", { n: first.length - shown.length })}</p>}
    </>
  );
}

function Where({ change: { page, field } }: { change: Change }) {
  const text = useText(CHECK);
  if (page === null && field === null) return null;
  return (
    <>
      {" ("}
      {page !== null && text("onPage", { page })}
      {page !== null && field !== null && ", "}
      {field !== null && <Template words={CHECK.inField} values={{ field: <Outside most={60}>{field}</Outside> }} />}
      {")"}
    </>
  );
}
