import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filesUnder } from "./files.ts";

const TEXT = /\.(ts|tsx|mjs|md|json|css|html|svg|txt|py|yml|yaml)$|^\.[a-z]+ignore$|^\.ci\//;
/** Test material is octets, whatever it looks like. */
const MATERIAL = /^test\/vectors\/.*\.(json|txt|xml)$/;

const texts = filesUnder(".")
  .filter((path) => TEXT.test(path) && !MATERIAL.test(path))
  .map((path) => [path, readFileSync(path)] as const);

const NOT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Homes, workspaces and temporary folders of one machine; the parts are joined here so that this file does not match itself. */
const MACHINE_PATH = new RegExp(
  ["/wo" + "rk/(main|shared|plan)", "/ro" + "ot/", "/ho" + "me/[a-z]", "/Us" + "ers/[A-Za-z]"].join("|"),
);
const CONFLICT = /^(<{7}|>{7}|={7})( |$)/m;

/** What is wrong with a text, if anything. */
function faultsOf(octets: Uint8Array): readonly string[] {
  let text: string;
  try {
    text = NOT_UTF8.decode(octets);
  } catch {
    return ["is not UTF-8"];
  }
  return [
    text.normalize("NFC") === text ? [] : ["is not in NFC"],
    text.startsWith("\ufeff") ? ["begins with a byte order mark"] : [],
    text.includes("\r") ? ["has carriage returns"] : [],
    MACHINE_PATH.test(text) ? [`names a path of one machine: ${MACHINE_PATH.exec(text)?.[0]}`] : [],
    CONFLICT.test(text) ? ["has a conflict marker"] : [],
  ].flat();
}

test("every text is UTF-8 in NFC without byte order mark, with plain line ends, and names no path of one machine", () => {
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.flatMap(([path, octets]) => faultsOf(octets).map((fault) => `${path} ${fault}`))).toEqual([]);
});

test("planted faults are found", () => {
  const of = (text: string) => faultsOf(new TextEncoder().encode(text));
  expect(of("Thu\u0301y")).toEqual(["is not in NFC"]);
  expect(of("\ufeffa\r\n")).toEqual(["begins with a byte order mark", "has carriage returns"]);
  expect(of(`/ho${"me/an/keys"}`)).toEqual(["names a path of one machine: /ho" + "me/a"]);
  expect(of(`${"<".repeat(7)} HEAD\n`)).toEqual(["has a conflict marker"]);
  expect(faultsOf(Uint8Array.of(0xff, 0xfe))).toEqual(["is not UTF-8"]);
  expect(of("Ký Một Lần\n")).toEqual([]);
});
