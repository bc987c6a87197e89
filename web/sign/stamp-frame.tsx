import { useRef } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { useText } from "../ui/text.ts";
import type { PageSize } from "../viewer/page-size.ts";
import type { StampSpot } from "./attempt.ts";

/** Millimetres that an arrow key moves the frame; with Shift. */
const STEP_MM = 1;
const LEAP_MM = 10;

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

type Props = {
  readonly spot: StampSpot;
  /** Of the stamp, millimetres. */
  readonly width: number;
  readonly height: number;
  /** Of the page. */
  readonly size: PageSize;
  /** CSS pixels of a millimetre. */
  readonly scale: number;
  readonly onSpot: (spot: StampSpot) => void;
};

/** The stamp's frame on a page: dragged, or moved with the arrow keys; it never leaves the page. */
export function StampFrame({ spot, width, height, size, scale, onSpot }: Props) {
  const text = useText(SIGN);
  const grip = useRef<{ readonly x: number; readonly y: number; readonly from: StampSpot } | undefined>(undefined);
  const move = (left: number, bottom: number) =>
    onSpot({
      page: spot.page,
      left: within(left, size.width - width),
      bottom: within(bottom, size.height - height),
    });
  const px = (mm: number): string => `${mm * scale}px`;
  const style = { left: px(spot.left), bottom: px(spot.bottom), width: px(width), height: px(height) };
  return (
    <button
      type="button"
      class="stamp-frame"
      style={style}
      aria-label={text("stampMove")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, y: event.clientY, from: spot };
      }}
      onPointerMove={({ clientX, clientY }) => {
        if (grip.current === undefined) return;
        const { x, y, from } = grip.current;
        move(from.left + (clientX - x) / scale, from.bottom - (clientY - y) / scale);
      }}
      onPointerUp={() => {
        grip.current = undefined;
      }}
      onPointerCancel={() => {
        grip.current = undefined;
      }}
      onKeyDown={(event) => {
        const direction = DIRECTIONS[event.key];
        if (direction === undefined) return;
        // The page would scroll.
        event.preventDefault();
        event.stopPropagation();
        const step = event.shiftKey ? LEAP_MM : STEP_MM;
        move(spot.left + step * direction[0], spot.bottom + step * direction[1]);
      }}
    >
      {text("stampFrame")}
    </button>
  );
}

const within = (value: number, most: number): number => Math.round(Math.min(Math.max(0, value), Math.max(0, most)));
