/**
 * A source without its comments and without what is inside its strings, line for line: what is left can be searched for names
 * that the code uses. Regular expressions are told from divisions by what stands before them, which is enough for formatted code.
 */
export function codeOf(source: string): string {
  let code = "";
  let at = 0;
  while (at < source.length) {
    const template = source[at] === "`" ? templateEnd(source, at) : undefined;
    if (template !== undefined) {
      code += templateCode(source.slice(at, template));
      at = template;
      continue;
    }
    const end = textEnd(source, at, code);
    code += end === undefined ? source[at] : blank(source.slice(at, end));
    at = end ?? at + 1;
  }
  return code;
}

/** Keeps the line breaks, so that line numbers stay. */
const blank = (part: string): string => part.replace(/[^\n]/g, " ");

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y;
const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
/** Behind these a slash begins a regular expression. */
const BEFORE_REGEXP = /(?:^|[(,=:[!&|?{};>\n]|\breturn)\s*$/;

/** Where a comment, a string or a regular expression that begins at `at` ends; undefined where there is none. */
function textEnd(source: string, at: number, before: string): number | undefined {
  const patterns = BEFORE_REGEXP.test(before.slice(-40)) ? [COMMENT, STRING, REGEXP] : [COMMENT, STRING];
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    if (pattern.test(source)) return pattern.lastIndex;
  }
  return undefined;
}

function templateEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "`") return at + 1;
    else if (source.startsWith("${", at)) at = fillEnd(source, at + 2);
  }
  return source.length;
}

/** The closing brace of what is filled into a template, other templates inside it skipped. */
function fillEnd(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    if (source[at] === "`") at = templateEnd(source, at) - 1;
    else if (source[at] === "{") depth++;
    else if (source[at] === "}" && --depth === 0) return at;
  }
  return source.length;
}

/** The text of a template is blanked, what is filled into it is code. */
function templateCode(template: string): string {
  let code = "";
  let at = 0;
  for (let fill = template.indexOf("${"); fill !== -1; fill = template.indexOf("${", at)) {
    const end = fillEnd(template, fill + 2);
    code += `${blank(template.slice(at, fill + 2))}${codeOf(template.slice(fill + 2, end))}`;
    at = end;
  }
  return code + blank(template.slice(at));
}
