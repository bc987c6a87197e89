import { useId } from "preact/hooks";

type FileButtonProps = {
  readonly label: string;
  readonly accept: string;
  readonly kind: "primary" | "secondary";
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
};

/** Chooses files; nothing is called where nobody chose any. */
export function FileButton({ label, accept, kind, multiple = false, onFiles }: FileButtonProps) {
  const id = useId();
  return (
    <span class="file-button">
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const input = event.currentTarget;
          const files = [...(input.files ?? [])];
          // The same file again is a change as well.
          input.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      <label for={id} class={`button button-${kind}`}>
        {label}
      </label>
    </span>
  );
}
