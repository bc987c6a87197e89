import { PHOTOS } from "../../lib/text/web/photos.ts";
import { useText } from "../ui/text.ts";
import type { ReadPhoto } from "./read-photo.ts";

export type ListedPhoto = ReadPhoto & { readonly key: string; readonly turns: 0 | 1 | 2 | 3 };
export type PhotoAction = "up" | "down" | "turn" | "remove";

const ACTIONS: readonly PhotoAction[] = ["up", "down", "turn", "remove"];

/** The photos in their order, each with its buttons. `data-action` is where the focus is put back to. */
export function PhotoList(props: {
  photos: readonly ListedPhoto[];
  onAction: (index: number, action: PhotoAction) => void;
}) {
  const { photos, onAction } = props;
  const text = useText(PHOTOS);
  const idle = (index: number, action: PhotoAction): boolean =>
    (action === "up" && index === 0) || (action === "down" && index === photos.length - 1);
  return (
    <ol class="photos" aria-label={text("list")}>
      {photos.map(({ key, preview, turns }, index) => (
        <li key={key} data-photo={index}>
          <div class="photo">
            <img
              src={preview}
              alt={text("description", { page: index + 1, pages: photos.length })}
              style={{ transform: `rotate(${90 * turns}deg)` }}
            />
          </div>
          <p>{text("page", { page: index + 1 })}</p>
          <div class="photo-actions">
            {ACTIONS.map((action) => (
              <button
                key={action}
                type="button"
                class="button button-quiet"
                data-action={action}
                aria-disabled={idle(index, action) ? "true" : undefined}
                aria-label={text(`${action}Page`, { page: index + 1 })}
                onClick={() => !idle(index, action) && onAction(index, action)}
              >
                {text(action)}
              </button>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
