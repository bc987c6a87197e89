import { useEffect, useState } from "preact/hooks";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { DisplayFault } from "./fallback.tsx";
import { type OpenedDocument, type OpenOptions, openDocument } from "./open.ts";
import { DocumentViewer, type ViewerProps } from "./viewer.tsx";

export type PdfViewerProps = Omit<ViewerProps, "document"> & {
  readonly pdf: Uint8Array;
  /** Of the file, for a program on the device where this one cannot show it. */
  readonly name: string;
  readonly options?: OpenOptions;
  /** The document is closed with the viewer: what is asked of it afterwards fails with an AbortError. */
  readonly onOpened?: (document: OpenedDocument) => void;
  readonly onFault?: (fault: unknown) => void;
};

/** Opens a file, shows it, says why it cannot be shown, and closes it. */
export function PdfViewer({ pdf, name, options, onOpened, onFault, ...viewer }: PdfViewerProps) {
  const text = useText(VIEWER);
  const [state, setState] = useState<{ document?: OpenedDocument; fault?: unknown }>({});
  // The file alone is a reason to open one.
  useEffect(() => {
    const stop = new AbortController();
    setState({});
    openDocument(pdf, { ...options, signal: stop.signal }).then(
      (document) => {
        if (stop.signal.aborted) return;
        setState({ document });
        onOpened?.(document);
      },
      (fault: unknown) => {
        if (stop.signal.aborted) return;
        setState({ fault });
        onFault?.(fault);
      },
    );
    return () => stop.abort();
  }, [pdf]);
  if (state.fault !== undefined) return <DisplayFault fault={state.fault} pdf={pdf} name={name} />;
  if (state.document === undefined) return <Progress label={text("opening")} />;
  return <DocumentViewer document={state.document} {...viewer} />;
}
