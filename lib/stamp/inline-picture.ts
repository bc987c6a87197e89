import { parseObject } from "../pdf/parse.ts";
import { damaged, isSpace, type Scanner, skipSpace } from "../pdf/scanner.ts";
import { isOperator, type Run, work } from "./content-run.ts";
import { boxThrough } from "./matrix.ts";
import { paint } from "./painted.ts";

/** BI … ID … EI (§8.9.7): its data may hold anything; the end is a word that stands alone, with something readable behind it. */
export function inlinePicture(run: Run, s: Scanner): void {
  for (let item = parseObject(s); !(isOperator(item) && item.text === "ID"); item = parseObject(s)) {
    work(run.walk, 1);
    skipSpace(s);
    if (s.at >= s.end) throw damaged("a picture without its data");
  }
  const { source, end } = s;
  for (let at = s.at + 1; at + 2 <= end; at++) {
    const ends = source[at] === 0x45 && source[at + 1] === 0x49 && isSpace(source[at - 1]);
    if (!ends || !(at + 2 === end || isSpace(source[at + 2])) || !isReadable(source.subarray(at + 2, at + 18)))
      continue;
    s.at = at + 2;
    paint(run.walk.painted, boxThrough(run.state.ctm, [0, 0, 1, 1]), run.state.clip);
    return;
  }
  throw damaged("a picture in the page that does not end");
}

function isReadable(octets: Uint8Array): boolean {
  return octets.every((octet) => isSpace(octet) || (octet >= 0x20 && octet < 0x7f));
}
