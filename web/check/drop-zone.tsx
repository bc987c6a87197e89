import { useId, useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import { useText } from "../ui/text.ts";
import { MOST_FILES } from "./batch-limits.ts";

/** Where files are dropped or chosen. The input is a real one, so that keyboards and screen readers have it as well. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const text = useText(CHECK);
  const [over, setOver] = useState(false);
  const id = useId();
  const take = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(files);
  };
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
        take(event.dataTransfer?.files);
      }}
    >
      <p>{text("dropHere")}</p>
      <input
        id={id}
        class="visually-hidden"
        type="file"
        accept="application/pdf,.pdf"
        multiple
        onChange={(event) => {
          const input = event.currentTarget;
          take(input.files);
          // The same file again is a change as well.
          input.value = "";
        }}
      />
      <label for={id} class="button button-primary">
        {text("chooseFile")}
      </label>
      <p class="hint">{text("several", { n: MOST_FILES })}</p>
    </div>
  );
}
