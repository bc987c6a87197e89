import { type PdfObject, type PdfRef, ref } from "../pdf/object.ts";
import { encodeText } from "../pdf/text.ts";
import type { Objects } from "../pdf/write.ts";
import type { Block } from "./canvas.ts";

/** The structure of a document of one page (ISO 32000-2 §14.7): its blocks one after the other. @returns the tree's root */
export function addStructure(objects: Objects, blocks: readonly Block[], page: PdfRef): PdfRef {
  const [root, whole] = [objects.reserve(), objects.reserve()];
  const parts = blocks.map(({ role, language }, id) => {
    const element = new Map<string, PdfObject>([
      ["Type", "StructElem"],
      ["S", role],
      ["P", ref(whole)],
      ["Pg", page],
      ["K", id],
    ]);
    if (language !== undefined) element.set("Lang", encodeText(language));
    return ref(objects.add(element));
  });
  objects.set(
    whole,
    new Map<string, PdfObject>([
      ["Type", "StructElem"],
      ["S", "Document"],
      ["P", ref(root)],
      ["K", parts],
    ]),
  );
  // Back from the content: page 0, block by block.
  const parents = new Map<string, PdfObject>([["Nums", [0, parts]]]);
  objects.set(
    root,
    new Map<string, PdfObject>([
      ["Type", "StructTreeRoot"],
      ["K", ref(whole)],
      ["ParentTree", parents],
      ["ParentTreeNextKey", 1],
    ]),
  );
  return ref(root);
}
