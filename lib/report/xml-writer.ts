import { escapeXml } from "../text/escape-xml.ts";

/** An element: its name with prefix, its attributes, and what is inside: text or elements. */
export type Element = {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly inside: string | readonly Element[];
};

/** Anything that may stand where an element may: one, several, or nothing. */
export type Children = readonly (Element | undefined | false | readonly Element[])[];

/** An element with children. */
export function element(name: string, ...children: Children): Element {
  return withAttributes(name, {}, ...children);
}

export function withAttributes(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: Children
): Element {
  const inside = children.flat().filter((child): child is Element => typeof child === "object");
  return { name, attributes: given(attributes), inside };
}

/** An element with text. */
export function textElement(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): Element {
  return { name, attributes: given(attributes), inside: text };
}

function given(attributes: Readonly<Record<string, string | undefined>>): readonly (readonly [string, string])[] {
  return Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** A document in UTF-8 (XML 1.0, fifth edition), without white space that was not asked for. */
export function writeXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}\n`;
}

function write({ name, attributes, inside }: Element): string {
  const begin = `${name}${attributes.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join("")}`;
  const body = typeof inside === "string" ? escapeXml(inside) : inside.map(write).join("");
  return body === "" ? `<${begin}/>` : `<${begin}>${body}</${name}>`;
}
