import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { PHOTOS } from "../../lib/text/web/photos.ts";
import { Actions, Banner, Button, Progress } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import type { PhotoStore } from "./kept.ts";
import { MOST_OCTETS, MOST_PHOTOS } from "./limits.ts";
import { makePdf } from "./make-pdf.ts";
import { type ListedPhoto, type PhotoAction, PhotoList } from "./photo-list.tsx";
import { isHeic, readPhoto } from "./read-photo.ts";

export type PhotosProps = {
  /** The finished PDF. The same photos give the same octets. */
  readonly onPdf: (pdf: Uint8Array, name: string) => unknown;
  /** Files that the person has chosen or dropped already. */
  readonly files?: readonly File[];
  /** Where photos outlive the page until they are a PDF. */
  readonly store?: PhotoStore;
};

type Phrase = readonly [key: keyof typeof PHOTOS, values?: Readonly<Record<string, string | number>>];

const MB = 1024 * 1024;
const inMb = (octets: number): string => (octets / MB).toFixed(1);
/** JPEG alone makes telephones of Apple hand over JPEG instead of HEIC. */
const ACCEPT = "image/jpeg,image/png";

/** Photos of paper become one PDF, on the device: choose or take them, put them in order, turn them. */
export function PhotosToPdf({ onPdf, files, store }: PhotosProps) {
  const text = useText(PHOTOS);
  const language = useLanguage();
  const [photos, setPhotos] = useState<readonly ListedPhoto[]>([]);
  const [errors, setErrors] = useState<readonly Phrase[]>([]);
  const [said, setSaid] = useState<Phrase>();
  const [busy, setBusy] = useState(false);
  const focus = useFocusBack(photos);
  const current = useRef(photos);
  current.current = photos;
  useEffect(
    () => () => {
      for (const { preview } of current.current) URL.revokeObjectURL(preview);
    },
    [],
  );
  const octets = photos.reduce((sum, { jpeg }) => sum + jpeg.data.length, 0);

  const list = (all: readonly ListedPhoto[]): void => {
    setPhotos(all);
    void store?.write(all);
  };
  const add = async (chosen: readonly File[]): Promise<void> => {
    if (chosen.length === 0) return;
    setBusy(true);
    const found: Phrase[] = [];
    let all = current.current;
    for (const file of chosen) {
      if (all.length >= MOST_PHOTOS) {
        found.push(["tooMany", { most: MOST_PHOTOS }]);
        break;
      }
      try {
        // One after the other: a telephone has no memory for ten at once.
        const photo = await readPhoto(file);
        all = [...all, { ...photo, key: newKey(), turns: 0 }];
      } catch {
        found.push([(await isHeic(file)) ? "heic" : "unreadable", { name: file.name }]);
      }
    }
    list(all);
    setErrors(found);
    setBusy(false);
    setSaid(["added", counted(all)]);
  };
  // Those that were there before, and those that came with the screen, once.
  useEffect(() => {
    const begin = async () => {
      const kept = (await store?.read()) ?? [];
      if (kept.length > 0) {
        const all = kept.map((photo) => ({ ...photo, preview: URL.createObjectURL(photo.small) }));
        current.current = all;
        setPhotos(all);
        setSaid(["added", counted(all)]);
      }
      await add(files ?? []);
    };
    void begin();
  }, []);

  const act = (index: number, action: PhotoAction): void => {
    const next = changed(photos, index, action);
    list(next);
    if (action === "remove") URL.revokeObjectURL(photos[index]?.preview ?? "");
    const place = action === "up" ? index - 1 : action === "down" ? index + 1 : index;
    focus(Math.min(place, next.length - 1), action);
    if (action === "remove") setSaid(["removed", { pages: next.length }]);
    else setSaid([action === "turn" ? "turned" : "moved", { page: place + 1 }]);
  };

  const finish = async (): Promise<void> => {
    setBusy(true);
    const described = photos.map(({ jpeg, turns }, index) => ({
      ...{ jpeg, turns, description: text("description", { page: index + 1, pages: photos.length }) },
    }));
    const pdf = await makePdf(described, text("heading"), language);
    setBusy(false);
    await onPdf(pdf, `${text("heading")}.pdf`);
    // From here on the PDF is what is kept.
    await store?.write([]);
  };

  const tooLarge = octets > MOST_OCTETS;
  return (
    <section class="photos-to-pdf" aria-label={text("heading")}>
      <p>{text("onDevice")}</p>
      <div class="photo-sources">
        <FileButton label={text("take")} camera onFiles={add} />
        <FileButton label={text("choose")} onFiles={add} />
      </div>
      {busy && <Progress label={text("reading")} />}
      {errors.length > 0 && (
        <div role="alert">
          {errors.map(([key, values]) => (
            <p class="field-error" key={`${key} ${values?.name}`}>
              {text(key, values)}
            </p>
          ))}
        </div>
      )}
      <p role="status" class="hint">
        {said !== undefined && text(...said)}
      </p>
      <PhotoList photos={photos} onAction={act} />
      {tooLarge && (
        <Banner tone="bad" title={text("tooLarge", { size: inMb(octets), most: MOST_OCTETS / MB })} urgent />
      )}
      {photos.length > 0 && (
        <Actions>
          <Button kind="primary" busy={busy} disabled={tooLarge} onClick={() => void finish()}>
            {text("finish")}
          </Button>
        </Actions>
      )}
    </section>
  );
}

const counted = (photos: readonly ListedPhoto[]) => ({
  pages: photos.length,
  size: inMb(photos.reduce((sum, { jpeg }) => sum + jpeg.data.length, 0)),
});

/** Of its own in all pages of this browser. */
const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

function changed(photos: readonly ListedPhoto[], index: number, action: PhotoAction): readonly ListedPhoto[] {
  const next = [...photos];
  const [photo] = next.splice(index, 1);
  if (photo === undefined || action === "remove") return next;
  const turns = action === "turn" ? (((photo.turns + 1) % 4) as ListedPhoto["turns"]) : photo.turns;
  const place = action === "up" ? index - 1 : action === "down" ? index + 1 : index;
  next.splice(place, 0, { ...photo, turns });
  return next;
}

/** After a photo has moved, the focus goes to the same button where the photo is now; after the last one has gone, nowhere. */
function useFocusBack(photos: readonly ListedPhoto[]): (index: number, action: PhotoAction) => void {
  const wanted = useRef("");
  useLayoutEffect(() => {
    if (wanted.current === "") return;
    document.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = "";
  }, [photos]);
  return (index, action) => {
    wanted.current = index < 0 ? ".photo-sources button" : `[data-photo="${index}"] [data-action="${action}"]`;
  };
}

/** @param camera opens the camera itself, on a telephone */
function FileButton(props: { label: string; camera?: boolean; onFiles: (files: readonly File[]) => unknown }) {
  const { label, camera = false, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={ACCEPT}
        multiple={!camera}
        capture={camera ? "environment" : undefined}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen again.
          event.currentTarget.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}
