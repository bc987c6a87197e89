import { Fault } from "../fault/fault.ts";
import type { Edits } from "../pades/edits.ts";
import { type Earlier, type Prepared, type PrepareOptions, prepareShown } from "../pades/prepare.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { newBudget } from "../pdf/limits.ts";
import { type DictObject, pagesOf } from "../pdf/pages.ts";
import { damaged } from "../pdf/scanner.ts";
import { encodeText } from "../pdf/text.ts";
import { addLook } from "./add-look.ts";
import { drawStamp, STAMP_HEIGHT, STAMP_WIDTH } from "./draw-stamp.ts";
import { type Corner, covers, freePlace, stampAt } from "./free-place.ts";
import { occupiedAreas } from "./occupied-areas.ts";
import { addOwnPage } from "./own-page.ts";
import { type PageView, toPage, viewOf } from "./page-view.ts";
import { real } from "./real.ts";
import { type StampInput, type StampSpot, type StampText, stampText } from "./stamp-input.ts";

export type PreparedStamp = Prepared & {
  /** Where the stamp is: the page, 1 for the first, and millimetres as it is seen, from the left and from the bottom. */
  readonly place: StampSpot & { readonly width: number; readonly height: number };
  /** It lies over something: letters, lines, pictures, or what cannot be told. */
  readonly covers: boolean;
  /** A page was added for it. */
  readonly ownPage: boolean;
};

/**
 * As `prepareSignature`, with a visible stamp. What is on the page stays as it is; the stamp is the appearance of the signature's
 * own field. The same file and options give the same octets.
 *
 * @throws Fault as `prepareSignature`; `stamp_name_unusable`; `stamp_outside_page`: there is no such page, or not as much of it;
 *   `stamp_needs_page`: a page would have to be added, and an earlier signature covers the pages; `stamp_not_allowed`: an earlier
 *   signer certified the document, so that nothing new may be seen on it
 * @throws RangeError options out of their range
 */
export function prepareStamped(
  pdf: Uint8Array,
  options: PrepareOptions & { readonly stamp: StampInput },
): PreparedStamp {
  const { stamp, ...rest } = options;
  if (stamp.claimedTime !== rest.claimedTime || stamp.offsetMinutes !== rest.offsetMinutes)
    throw new RangeError("the stamp's time is not the signature's");
  checkPlace(stamp.place);
  const text = stampText(stamp);
  let chosen: Chosen | undefined;
  const prepared = prepareShown(pdf, rest, (doc, edits, earlier) => {
    chosen = choose(doc, edits, stamp.place, earlier);
    return shownAt(doc, edits, stamp, text, chosen);
  });
  if (chosen === undefined) throw new TypeError("nothing was shown");
  const { view, left, bottom, hides, ownPage } = chosen;
  const place = { page: view.number, left, bottom, width: STAMP_WIDTH, height: STAMP_HEIGHT };
  return { ...prepared, place, covers: hides, ownPage };
}

type Chosen = Corner & { readonly view: PageView; readonly hides: boolean; readonly ownPage: boolean };

/** Millimetres that a place may reach over the edge of the page: places are told in round numbers. */
const TOLERANCE = 0.5;

function checkPlace(place: StampInput["place"]): void {
  if (typeof place === "string") return;
  const { page, left, bottom } = place;
  if (!Number.isInteger(page) || !Number.isFinite(left) || !Number.isFinite(bottom)) throw new RangeError("place");
}

function choose(doc: PdfDocument, edits: Edits, place: StampInput["place"], earlier: Earlier): Chosen {
  if (earlier.certified)
    throw new Fault("stamp_not_allowed", "an earlier signer certified the document: nothing new may be seen on it");
  // Looking at pages is work of its own, and must not use up what the signature needs.
  const reading: PdfDocument = { ...doc, budget: newBudget() };
  if (typeof place === "object") return chosenSpot(reading, place);
  const pages = [...pagesOf(reading)];
  if (place === "auto") {
    // Where no page can be added, one before the last is better than nothing.
    const found = freeSpot(reading, pages, earlier.signed ? PAGES_BACK : 1);
    if (found !== undefined) return found;
  }
  if (earlier.signed)
    throw new Fault("stamp_needs_page", "a page would have to be added, and an earlier signature covers the pages");
  const view = addOwnPage(doc, edits, viewAt(reading, pages, pages.length));
  const corner = freePlace(view, []);
  if (corner === undefined) throw new TypeError("an empty page has room");
  return { ...corner, view, hides: false, ownPage: true };
}

/** Pages that are looked at from the last one backwards. */
const PAGES_BACK = 5;

function freeSpot(doc: PdfDocument, pages: readonly DictObject[], most: number): Chosen | undefined {
  for (let number = pages.length; number > Math.max(0, pages.length - most); number--) {
    const view = viewAt(doc, pages, number);
    const corner = freePlace(view, occupiedAreas(doc, view.page));
    if (corner !== undefined) return { ...corner, view, hides: false, ownPage: false };
  }
  return undefined;
}

function viewAt(doc: PdfDocument, pages: readonly DictObject[], number: number): PageView {
  const page = pages[number - 1];
  if (page === undefined) throw damaged("the page tree has no such page");
  return viewOf(doc, page, number);
}

function chosenSpot(doc: PdfDocument, { page, left, bottom }: StampSpot): Chosen {
  let number = 0;
  for (const found of pagesOf(doc)) {
    if (++number < page) continue;
    if (page < 1) break;
    const view = viewOf(doc, found, number);
    const [, , right, top] = stampAt({ left, bottom });
    const inside =
      left >= -TOLERANCE && bottom >= -TOLERANCE && right <= view.width + TOLERANCE && top <= view.height + TOLERANCE;
    if (!inside) break;
    return { view, left, bottom, hides: covers(view, occupiedAreas(doc, found), { left, bottom }), ownPage: false };
  }
  throw new Fault("stamp_outside_page", `a stamp of ${STAMP_WIDTH} x ${STAMP_HEIGHT} mm does not fit there`);
}

function shownAt(doc: PdfDocument, edits: Edits, stamp: StampInput, text: StampText, { view, ...corner }: Chosen) {
  const look = addLook(doc, edits, drawStamp(stamp.font, text), view.rotate);
  return {
    page: view.page,
    rect: toPage(view, stampAt(corner)).map(real),
    look,
    field: new Map([
      ["TU", encodeText(text.field)],
      ["Contents", encodeText(text.lines.join("\n"))],
    ]),
  };
}
