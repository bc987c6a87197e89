import { Fault } from "../fault/fault.ts";
import type { PdfDict, PdfObject } from "../pdf/object.ts";
import { parseObject } from "../pdf/parse.ts";
import { scannerOf, skipSpace } from "../pdf/scanner.ts";
import { isOperator, type Run, type Walk, work } from "./content-run.ts";
import type { GraphicsState } from "./graphics-state.ts";
import { inlinePicture } from "./inline-picture.ts";
import { OPERATOR } from "./operators.ts";
import { newPath } from "./painted.ts";
import { newTextPlace } from "./show-text.ts";

/** Forms within forms; a form that draws itself ends here as well. */
const LEVELS = 12;
/** Operands that are remembered: more than any operator takes. */
const OPERANDS = 64;

/**
 * Walks through a content stream (ISO 32000-2 §7.8.2) and marks where it paints.
 *
 * @throws Fault `pdf_invalid`, `pdf_unsupported`, `pdf_limit` where it cannot be told what is painted
 */
export function walkContent(
  walk: Walk,
  content: Uint8Array,
  resources: PdfDict | undefined,
  state: GraphicsState,
  level = LEVELS,
): void {
  const s = scannerOf(content, 0, { file: false });
  const enter: Run["enter"] = (inner, own, from) => {
    if (level === 0) throw new Fault("pdf_limit", `forms nest deeper than ${LEVELS}`);
    walkContent(walk, inner, own, from, level - 1);
  };
  const run: Run = { walk, resources, enter, state, saved: [], path: newPath(), cuts: false, text: newTextPlace() };
  const operands: PdfObject[] = [];
  for (skipSpace(s); s.at < s.end; skipSpace(s)) {
    const known = s.items;
    const item = parseObject(s);
    work(walk, s.items - known);
    if (!isOperator(item)) {
      if (operands.push(item) > OPERANDS) operands.shift();
      continue;
    }
    if (item.text === "BI") inlinePicture(run, s);
    else OPERATOR.get(item.text)?.(run, operands);
    operands.length = 0;
  }
}
