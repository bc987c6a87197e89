import { encode } from "uqr";

/** Modules of white that a reader needs around a code (ISO/IEC 18004 §5.3.8). */
const QUIET_ZONE = 4;

/** A QR code as lines of an SVG: black on white in dark mode too, since readers want it so. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const dark = data.map((row, y) => row.map((black, x) => (black ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={dark} />
    </svg>
  );
}
