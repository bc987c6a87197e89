import { useEffect, useState } from "preact/hooks";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { OpenedDocument } from "./open.ts";
import type { PageText } from "./page-text.ts";

/** One page as words. Its language is taken to be Vietnamese: files rarely say, and screen readers need to know. */
export function PageWords(props: {
  document: OpenedDocument;
  page: number;
  near: boolean;
  onPainted: (page: number) => void;
}) {
  const { document, page, near, onPainted } = props;
  const text = useText(VIEWER);
  const [found, setFound] = useState<PageText | "failed" | undefined>();
  const [turn, setTurn] = useState(0);
  // A turn is a reason of its own to read.
  useEffect(() => {
    if (!near || typeof found === "object") return undefined;
    let wanted = true;
    document.text(page).then(
      (words) => {
        if (!wanted) return;
        setFound(words);
        onPainted(page);
      },
      () => wanted && setFound("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [document, page, near, turn]);
  return (
    <section class="viewer-words" data-page={page} aria-labelledby={`viewer-words-${page}`}>
      <h2 id={`viewer-words-${page}`}>{text("page", { page })}</h2>
      {found === undefined && <p>{text("painting", { page })}</p>}
      {found === "failed" && (
        <div role="alert">
          <p>{text("pageFailed", { page })}</p>
          <Button onClick={() => setTurn(turn + 1)}>{text("retry")}</Button>
        </div>
      )}
      {typeof found === "object" && <Words found={found} />}
    </section>
  );
}

function Words({ found: { paragraphs, fields, links, truncated } }: { found: PageText }) {
  const text = useText(VIEWER);
  return (
    <>
      {paragraphs.length === 0 && fields.length === 0 && <p class="hint">{text("noText")}</p>}
      <div lang="vi">
        {paragraphs.map((paragraph, i) => (
          <p key={i} dir="auto">
            {paragraph}
          </p>
        ))}
      </div>
      {fields.length > 0 && (
        <>
          <h3>{text("fields")}</h3>
          <dl lang="vi">
            {fields.map(({ label, value }, i) => (
              <div key={i}>
                <dt dir="auto">{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {links.length > 0 && (
        <>
          <h3>{text("links")}</h3>
          <ul>
            {links.map((link) => (
              <li key={link} dir="ltr">
                {link}
              </li>
            ))}
          </ul>
        </>
      )}
      {truncated && <p class="hint">{text("textTruncated")}</p>}
    </>
  );
}
