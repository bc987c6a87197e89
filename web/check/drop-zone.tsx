import { useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import { useText } from "../ui/text.ts";
import { MOST_FILES } from "./batch-limits.ts";
import { FileButton } from "./file-button.tsx";

/** Where files are dropped or chosen. The input is a real one, so that keyboards and screen readers have it as well. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const text = useText(CHECK);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input inside does the same.
    <div
      class={over ? "drop-zone drop-over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) onFiles(files);
      }}
    >
      <p>{text("dropHere")}</p>
      <FileButton label={text("chooseFile")} accept="application/pdf,.pdf" kind="primary" multiple onFiles={onFiles} />
      <p class="hint">{text("several", { n: MOST_FILES })}</p>
    </div>
  );
}
