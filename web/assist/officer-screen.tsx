import { useState } from "preact/hooks";
import { ASSIST } from "../../lib/text/web/assist.ts";
import { LoginGate } from "../session/login-gate.tsx";
import type { SessionControl, SessionView } from "../session/session.ts";
import { Banner } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { OfficerView } from "./client.ts";
import { DayReportTable } from "./day-report.tsx";
import type { OpenDesk } from "./desk.ts";
import { OpenForm } from "./open-form.tsx";
import { RunningAssistance } from "./running.tsx";

export function OfficerScreen() {
  const text = useText(ASSIST);
  return (
    <LoginGate heading={text("heading")} returnTo="/ho-tro">
      {(session, control) => <OfficerDesk session={session} control={control} />}
    </LoginGate>
  );
}

type Open = { readonly desk: OpenDesk; readonly view: OfficerView };

function OfficerDesk({ session, control }: { session: SessionView; control: SessionControl }) {
  const text = useText(ASSIST);
  const [open, setOpen] = useState<Open | undefined>();
  const { officer } = session.person;
  if (officer === undefined) return <Banner tone="unsure" title={text("notOfficer")} />;
  if (open !== undefined)
    return (
      <RunningAssistance
        key={open.desk.id}
        desk={open.desk}
        first={open.view}
        officerName={session.person.fullName}
        control={control}
        onDone={() => setOpen(undefined)}
      />
    );
  return (
    <>
      <p>
        <bdi>{text("unit", { title: officer.title, unit: officer.unit })}</bdi>
      </p>
      <p>{text("lead")}</p>
      <OpenForm control={control} onOpen={setOpen} />
      <details>
        <summary>{text("paper")}</summary>
        <p>{text("paperText")}</p>
      </details>
      <DayReportTable supervisor={officer.role === "supervisor"} control={control} />
    </>
  );
}
