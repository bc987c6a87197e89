import { useEffect, useRef, useState } from "preact/hooks";
import { PAIR } from "../../lib/text/web/assist.ts";
import { Banner, Button, Dialog } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";

/** Seconds without a touch after which a session on a shared machine is wiped (ux.md, D3). */
const IDLE_S = 60;
/** Seconds before that in which it is asked; WCAG 2.2.1 wants at least 20. */
const WARN_S = 25;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart", "input"] as const;

type Props = {
  /** Removes everything of this session from the machine. */
  readonly onWipe: () => Promise<void>;
};

/** Around a signature on a machine at the counter: larger letters, a reminder, reading aloud, and nothing left behind. */
export function Kiosk({ onWipe }: Props) {
  const text = useText(PAIR);
  const [left, setLeft] = useState(IDLE_S);
  const until = useRef(Date.now() + IDLE_S * 1000);
  useEffect(() => {
    document.documentElement.classList.add("kiosk");
    const stay = () => {
      until.current = Date.now() + IDLE_S * 1000;
    };
    for (const touch of TOUCHES) addEventListener(touch, stay, { passive: true });
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until.current - Date.now()) / 1000))), 1000);
    return () => {
      document.documentElement.classList.remove("kiosk");
      for (const touch of TOUCHES) removeEventListener(touch, stay);
      clearInterval(timer);
    };
  }, []);
  useEffect(() => {
    if (left === 0) void onWipe();
  }, [left]);
  return (
    <>
      <Banner tone="neutral" title={text("kiosk")}>
        <div class="row">
          <ReadAloud />
          <Button onClick={() => void onWipe()}>{text("wipeNow")}</Button>
        </div>
      </Banner>
      {left > 0 && left <= WARN_S && (
        <Dialog title={text("wipe", { seconds: left })} onClose={() => setLeft(IDLE_S)}>
          <Button kind="primary" onClick={() => setLeft(IDLE_S)}>
            {text("stay")}
          </Button>
        </Dialog>
      )}
    </>
  );
}

/** Reads the screen with the machine's own voice; absent where it has none for the language. */
function ReadAloud() {
  const language = useLanguage();
  const text = useText(PAIR);
  const [voices, setVoices] = useState<readonly SpeechSynthesisVoice[]>([]);
  useEffect(() => {
    if (!("speechSynthesis" in globalThis)) return undefined;
    const look = () => setVoices(speechSynthesis.getVoices());
    look();
    speechSynthesis.addEventListener("voiceschanged", look);
    return () => {
      speechSynthesis.removeEventListener("voiceschanged", look);
      speechSynthesis.cancel();
    };
  }, []);
  const voice = voices.find(({ lang }) => lang.toLowerCase().startsWith(language));
  if (voice === undefined) return null;
  const read = () => {
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(document.querySelector("main")?.textContent ?? "");
    said.voice = voice;
    said.lang = voice.lang;
    speechSynthesis.speak(said);
  };
  return <Button onClick={read}>{text("aloud")}</Button>;
}
