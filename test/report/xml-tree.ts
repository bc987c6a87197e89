import { ask, withFiles } from "../judges/judge.ts";

/** An element as expat reads it: its name with our prefixes, attributes, text, children. */
export type Tree = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Tree[];
};

const PREFIXES = {
  "http://uri.etsi.org/19102/v1.4.1#": "",
  "http://www.w3.org/2000/09/xmldsig#": "ds:",
  "http://uri.etsi.org/02231/v2#": "tsl:",
};

/** Namespaces are resolved by the parser: a prefix that is not bound makes it refuse the document. */
const SCRIPT = `
import json, sys, xml.etree.ElementTree as ET
P = json.loads(sys.argv[1])
def name(tag):
    space, _, local = tag[1:].partition("}")
    return P[space] + local
def tree(e):
    return {"name": name(e.tag), "attributes": dict(e.attrib), "text": e.text or "", "children": [tree(c) for c in e]}
docs = json.load(open(sys.argv[2], encoding="utf-8"))
json.dump([tree(ET.fromstring(d.encode("utf-8"))) for d in docs], sys.stdout)
`;

/** Parses documents with Python's expat, all in one process. @throws Error where one of them is not well formed */
export function parseXml(documents: readonly string[]): Promise<readonly Tree[]> {
  const files = { "parse.py": SCRIPT, "documents.json": JSON.stringify(documents) };
  return withFiles(files, async (path) => {
    const { status, out, err } = await ask("python3", [
      path["parse.py"],
      JSON.stringify(PREFIXES),
      path["documents.json"],
    ]);
    if (status !== 0) throw new Error(err);
    return JSON.parse(out) as readonly Tree[];
  });
}
