import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export type Tone = "good" | "bad" | "disputed" | "unsure" | "neutral" | "test";

/** Each with a shape of its own: the tone is never told by colour alone (WCAG 1.4.1). */
export const SIGNS: Readonly<Record<Tone, string>> = {
  good: "✓",
  bad: "✕",
  disputed: "!",
  unsure: "?",
  neutral: "i",
  test: "≋",
};

/** A message that matters: said aloud by screen readers as soon as it stands there. */
export function Banner(props: { tone: Tone; title: string; urgent?: boolean; children?: ComponentChildren }) {
  const { tone, title, urgent = false, children } = props;
  return (
    <div class={`banner banner-${tone}`} role={urgent ? "alert" : "status"}>
      <span class="banner-sign" aria-hidden="true">
        {SIGNS[tone]}
      </span>
      <div>
        <p class="banner-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

/**
 * The heading of a screen. It takes the focus when the screen appears, so that a keyboard or a screen reader begins there.
 *
 * @param focus false on the first screen of a page, where the browser puts the focus itself
 */
export function ScreenHeading({ children, focus = true }: { children: ComponentChildren; focus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: "primary" | "secondary" | "danger" | "quiet";
  readonly type?: "button" | "submit";
  readonly disabled?: boolean;
  /** Something is under way: said and shown, and a second press does nothing. */
  readonly busy?: boolean;
};

export function Button({ children, onClick, kind = "secondary", type = "button", disabled, busy }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      disabled={disabled}
      aria-busy={busy ? "true" : undefined}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button: it leads somewhere or downloads. */
export function ButtonLink(props: {
  href: string;
  children: ComponentChildren;
  kind?: "primary" | "secondary";
  download?: string;
}) {
  const { href, children, kind = "secondary", download } = props;
  return (
    <a class={`button button-${kind}`} href={href} download={download}>
      {children}
    </a>
  );
}

/** The actions of a screen; on a phone they stay at the lower edge. One primary button at most. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autocomplete?: "off" | "name" | "one-time-code";
  readonly inputMode?: "text" | "numeric" | "decimal";
  readonly maxLength?: number;
  readonly required?: boolean;
};

/** Characters that a field takes where nothing else is said: the longest text that the service takes is a fifth of it. */
const MOST_CHARACTERS = 1000;

/** A text field with its label above, its hint and its error tied to it (WCAG 3.3.1, 1.3.1). */
export function Field(props: FieldProps) {
  const { label, value, onInput, hint, error } = props;
  const { autocomplete = "off", inputMode = "text", maxLength = MOST_CHARACTERS, required = false } = props;
  const id = useId();
  const described = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].join(" ").trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        type="text"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-describedby={described || undefined}
        aria-invalid={error === undefined ? undefined : "true"}
        autocomplete={autocomplete}
        inputMode={inputMode}
        maxLength={maxLength}
        required={required}
      />
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

export function Checkbox(props: { label: ComponentChildren; checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div class="checkbox">
      <input
        id={id}
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={id}>{props.label}</label>
    </div>
  );
}

/** @param part 0 … 1; undefined where nobody knows */
export function Progress({ label, part }: { label: string; part?: number | undefined }) {
  return (
    <p class="progress" role="status">
      <span>{label}</span>
      {part === undefined ? <progress aria-label={label} /> : <progress aria-label={label} max={1} value={part} />}
    </p>
  );
}

/** A dialog over the page; the focus goes into it and comes back to where it was (WCAG 2.4.3). */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const { title, onClose, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const [before, dialog] = [document.activeElement, box.current];
    dialog?.showModal();
    return () => {
      // First: everything else is out of reach while it is open.
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
