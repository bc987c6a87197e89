import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { DisplayFault } from "./fallback.tsx";
import type { PdfViewerProps } from "./pdf-viewer.tsx";

/** The viewer, loaded when it is first needed: it and PDF.js are many times a page. */
export function LazyViewer(props: PdfViewerProps) {
  const text = useText(VIEWER);
  const [Viewer, setViewer] = useState<FunctionComponent<PdfViewerProps> | "failed">();
  useEffect(() => {
    import("./pdf-viewer.tsx").then(
      ({ PdfViewer }) => setViewer(() => PdfViewer),
      () => setViewer("failed"),
    );
  }, []);
  if (Viewer === "failed") return <DisplayFault fault={undefined} pdf={props.pdf} name={props.name} />;
  if (Viewer === undefined) return <Progress label={text("opening")} />;
  return <Viewer {...props} />;
}
