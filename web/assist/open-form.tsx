import { useId, useState } from "preact/hooks";
import { HANDOVER_LIMIT } from "../../lib/assist/seal.ts";
import {
  ASSISTANCE_MODE_WORDS,
  ASSISTANCE_MODES,
  ASSISTANCE_REASON_WORDS,
  ASSISTANCE_REASONS,
  type AssistanceMode,
  type AssistanceReason,
} from "../../lib/text/assistance.ts";
import { MAX_DOCUMENTS, MAX_TEXT } from "../../lib/text/consent.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { ASSIST } from "../../lib/text/web/assist.ts";
import type { SessionControl } from "../session/session.ts";
import { Actions, Button, Field } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { type Phrase, useLanguage, useText } from "../ui/text.ts";
import type { OfficerView } from "./client.ts";
import { type OpenDesk, openDesk } from "./desk.ts";

const MEGABYTE = 1024 * 1024;
/** Room for the list in front of the files. */
const FILES_LIMIT = HANDOVER_LIMIT - MEGABYTE;

type Props = {
  readonly control: SessionControl;
  readonly onOpen: (open: { desk: OpenDesk; view: OfficerView }) => void;
};

export function OpenForm({ control, onOpen }: Props) {
  const text = useText(ASSIST);
  const [mode, setMode] = useState<AssistanceMode>("phone");
  const [reason, setReason] = useState<AssistanceReason>("no_smartphone");
  const [procedure, setProcedure] = useState("");
  const [caseRef, setCaseRef] = useState("");
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<"noFiles" | "tooLarge" | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  const [busy, setBusy] = useState(false);
  const begin = async () => {
    const octets = files.reduce((sum, { size }) => sum + size, 0);
    if (files.length === 0 || files.length > MAX_DOCUMENTS) return setProblem("noFiles");
    if (octets > FILES_LIMIT) return setProblem("tooLarge");
    setProblem(undefined);
    setBusy(true);
    try {
      onOpen(await openDesk({ mode, reason, procedure, caseRef, files }));
    } catch (error) {
      setCode(control.failed(error));
      setBusy(false);
    }
  };
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      {code !== undefined && <FaultCard code={code} />}
      <Choice
        legend={text("mode")}
        names={ASSISTANCE_MODES}
        words={ASSISTANCE_MODE_WORDS}
        value={mode}
        onChoose={setMode}
      />
      <Choice
        legend={text("reason")}
        names={ASSISTANCE_REASONS}
        words={ASSISTANCE_REASON_WORDS}
        value={reason}
        onChoose={setReason}
      />
      <Field label={text("procedure")} value={procedure} onInput={setProcedure} maxLength={MAX_TEXT} />
      <Field label={text("caseRef")} value={caseRef} onInput={setCaseRef} maxLength={MAX_TEXT} />
      <FilesField
        files={files}
        onFiles={setFiles}
        error={problem && text(problem, { limit: Math.floor(FILES_LIMIT / MEGABYTE) })}
      />
      <Actions>
        <Button kind="primary" type="submit" busy={busy}>
          {text("start")}
        </Button>
      </Actions>
    </form>
  );
}

function FilesField(props: {
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
  error: string | undefined;
}) {
  const { files, onFiles, error } = props;
  const text = useText(ASSIST);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{text("files")}</label>
      <input
        id={id}
        type="file"
        accept="application/pdf,.pdf"
        multiple
        aria-describedby={`${id}-said`}
        aria-invalid={error === undefined ? undefined : "true"}
        onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])}
      />
      <p id={`${id}-said`} class={error === undefined ? "hint" : "field-error"}>
        {error ??
          (files.length > 0 && <bdi>{text("chosen", { names: files.map(({ name }) => name).join(", ") })}</bdi>)}
      </p>
    </div>
  );
}

type ChoiceProps<T extends string> = {
  readonly legend: string;
  readonly names: readonly T[];
  readonly words: Readonly<Record<T, Phrase>>;
  readonly value: T;
  readonly onChoose: (value: T) => void;
};

function Choice<T extends string>({ legend, names, words, value, onChoose }: ChoiceProps<T>) {
  const language = useLanguage();
  const group = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {names.map((name) => (
        <div class="checkbox" key={name}>
          <input
            id={`${group}-${name}`}
            type="radio"
            name={group}
            checked={name === value}
            onChange={() => onChoose(name)}
          />
          <label for={`${group}-${name}`}>{words[name][language]}</label>
        </div>
      ))}
    </fieldset>
  );
}
