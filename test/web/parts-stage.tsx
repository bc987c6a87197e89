import { render } from "preact";
import { CopyButton } from "../../web/ui/copy-button.tsx";
import { Name } from "../../web/ui/name.tsx";
import { type Language, LanguageContext } from "../../web/ui/text.ts";
import { TimeLeft } from "../../web/ui/time-left.tsx";

// Runs in a page: parts that all pages share, alone.

/** What was called, in order. */
export const seen: string[] = [];

const app = (): HTMLElement => document.querySelector<HTMLElement>("#app") ?? document.body;

type Shown = {
  readonly language?: Language;
  readonly name?: string;
  readonly copy?: string;
  /** Milliseconds from now. */
  readonly left?: number;
  readonly extendable?: boolean;
};

export function show({ language = "vi", name, copy, left, extendable = true }: Shown): void {
  seen.length = 0;
  render(null, app());
  const time = (milliseconds: number) => (
    <TimeLeft
      expiresAt={new Date(Date.now() + milliseconds).toISOString()}
      onEnd={() => seen.push("end")}
      onExtend={
        extendable
          ? () => {
              seen.push("extend");
              draw(600_000);
            }
          : undefined
      }
    >
      <p>Chưa có gì được ký.</p>
    </TimeLeft>
  );
  const draw = (milliseconds: number | undefined) =>
    render(
      <LanguageContext.Provider value={language}>
        {name !== undefined && (
          <p id="name">
            Trước <Name>{name}</Name> sau
          </p>
        )}
        {copy !== undefined && <CopyButton value={copy} label="Chép mã tra cứu" />}
        {milliseconds !== undefined && time(milliseconds)}
      </LanguageContext.Provider>,
      app(),
    );
  draw(left);
}
