import { useState } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Button, Field } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { StampSpot } from "./attempt.ts";

/** Millimetres: no page that anybody prints is larger (A0 has 1189); where the stamp does not fit, it is said when it is put there. */
const LARGEST_MM = 1200;

type Props = {
  readonly spot: StampSpot;
  readonly pages: number;
  readonly onSpot: (spot: StampSpot) => void;
  readonly onSet: () => void;
  readonly onCancel: () => void;
};

/** The place in numbers: for whoever does not drag. */
export function StampFields({ spot, pages, onSpot, onSet, onCancel }: Props) {
  const text = useText(SIGN);
  const [wrong, setWrong] = useState<ReadonlySet<keyof StampSpot>>(new Set());
  const field = (key: keyof StampSpot, label: string, least: number, most: number) => (
    <NumberField
      label={label}
      value={spot[key]}
      range={[least, most]}
      onNumber={(number) => {
        const left = new Set(wrong);
        if (number === undefined) left.add(key);
        else left.delete(key);
        setWrong(left);
        if (number !== undefined) onSpot({ ...spot, [key]: number });
      }}
    />
  );
  return (
    <form
      class="card stamp-fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.size === 0) onSet();
      }}
    >
      {field("page", text("stampPage"), 1, pages)}
      {field("left", text("stampLeft"), 0, LARGEST_MM)}
      {field("bottom", text("stampBottom"), 0, LARGEST_MM)}
      <Button kind="primary" type="submit">
        {text("stampSet")}
      </Button>
      <Button kind="quiet" onClick={onCancel}>
        {text("cancelWork")}
      </Button>
    </form>
  );
}

type NumberProps = {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [number, number];
  /** undefined: what stands there is no number of the range. */
  readonly onNumber: (number: number | undefined) => void;
};

function NumberField({ label, value, range, onNumber }: NumberProps) {
  const text = useText(SIGN);
  const [typed, setTyped] = useState<string>();
  const [least, most] = range;
  const numberOf = (entered: string): number | undefined => {
    const number = /^\d{1,4}$/.test(entered.trim()) ? Number(entered) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
  // What was typed stands until it is a number; then the number does, as the frame may be moved as well.
  const wrong = typed !== undefined && numberOf(typed) === undefined;
  return (
    <Field
      label={label}
      value={wrong ? typed : String(Math.round(value))}
      onInput={(entered) => {
        setTyped(entered);
        onNumber(numberOf(entered));
      }}
      inputMode="numeric"
      error={wrong ? text("stampNumber", { least, most }) : undefined}
    />
  );
}
