import { CHECK } from "../../lib/text/web/check.ts";
import { Banner, Button, Checkbox, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { MOST_FILES } from "./batch-limits.ts";
import { CodeForm } from "./code-form.tsx";
import { DropZone } from "./drop-zone.tsx";
import { FileButton } from "./file-button.tsx";
import { megabytes } from "./megabytes.ts";
import { useSendable } from "./use-sendable.ts";

/** Why somebody is here again: what was cancelled, chosen or followed. */
export type Note = "cancelled" | { readonly tooMany: number } | { readonly wrongCode: string };

type ChooseProps = {
  readonly note: Note | undefined;
  readonly focus: boolean;
  readonly onDevice: boolean;
  readonly onOnDevice: (onDevice: boolean) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onCode: (code: string) => void;
  readonly onScan: (photo: File | undefined) => void;
};

/** Three ways to check a document. */
export function Choose({ note, focus, onDevice, onOnDevice, onFiles, onCode, onScan }: ChooseProps) {
  const text = useText(CHECK);
  const sendable = useSendable(!onDevice);
  return (
    <>
      <ScreenHeading focus={focus}>{text("heading")}</ScreenHeading>
      <p class="lead">{text("lead")}</p>
      {note === "cancelled" && <Banner tone="neutral" title={text("cancelled")} />}
      {typeof note === "object" && "tooMany" in note && (
        <Banner tone="unsure" title={text("tooMany", { n: note.tooMany, most: MOST_FILES })} urgent />
      )}
      <section class="card" aria-labelledby="by-file">
        <h2 id="by-file">{text("byFile")}</h2>
        <DropZone onFiles={onFiles} />
        <Checkbox label={text("onDevice")} checked={onDevice} onChange={onOnDevice} />
        <p class="hint" role="status">
          {onDevice
            ? text("onDeviceHint")
            : text("onServerHint", { size: sendable === undefined ? "…" : megabytes(sendable) })}
        </p>
      </section>
      <section class="card" aria-labelledby="by-qr">
        <h2 id="by-qr">{text("byQr")}</h2>
        <div class="page-actions">
          <Button onClick={() => onScan(undefined)}>{text("scan")}</Button>
          <FileButton label={text("photo")} accept="image/*" kind="secondary" onFiles={([photo]) => onScan(photo)} />
        </div>
        <p class="hint">{text("photoHint")}</p>
      </section>
      <section class="card" aria-labelledby="by-code">
        <h2 id="by-code">{text("byCode")}</h2>
        <CodeForm
          {...(typeof note === "object" && "wrongCode" in note ? { first: note.wrongCode } : {})}
          onCode={onCode}
        />
      </section>
    </>
  );
}
