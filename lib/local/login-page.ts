import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { DEMO_LOGIN, PERSONA_NOTES } from "../text/demo-login.ts";
import { PERSONA_NAMES, PERSONAS } from "./personas.ts";

const STYLE = `body{margin:0 auto;max-width:34rem;padding:1rem;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}
.demo{border:.25rem solid #b00020;padding:1rem;background:#fff4f4}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.25rem}
button{display:block;width:100%;min-height:3rem;margin:.75rem 0;padding:.75rem 1rem;font:inherit;text-align:left;color:inherit;background:#f2f5fa;border:.125rem solid #30507d;border-radius:.5rem;cursor:pointer}
button:focus-visible{outline:.25rem solid #f5a300}button strong,button span{display:block}
[lang=en]{color:#444;font-size:1rem}`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

type Both = { readonly vi: string; readonly en: string };

/**
 * The page on which somebody chooses a demo person. It loads nothing, runs nothing, and posts to its own address.
 *
 * @param returnTo origin that the login ends at; browsers hold a form to it through every redirect that follows
 */
export function sendLoginPage(response: ServerResponse, returnTo: string): void {
  const people = PERSONA_NAMES.map((name) => {
    const note = PERSONA_NOTES[name];
    return `<button name="persona" value="${name}"><strong>${html(PERSONAS[name].claims.HoVaTen)}</strong> <span>${html(note.vi)}</span> <span lang="en">${html(note.en)}</span></button>`;
  });
  const body = `${heading(DEMO_LOGIN.warning)}
<h2>${html(DEMO_LOGIN.choose.vi)} <span lang="en">${html(DEMO_LOGIN.choose.en)}</span></h2>
<form method="post">${people.join("\n")}
<button name="cancel" value="yes"><strong>${html(DEMO_LOGIN.cancel.vi)}</strong> <span lang="en">${html(DEMO_LOGIN.cancel.en)}</span></button></form>
<p>${html(DEMO_LOGIN.goesTo.vi)} / <span lang="en">${html(DEMO_LOGIN.goesTo.en)}</span>: <code>${html(returnTo)}</code></p>`;
  send(response, 200, body, `'self' ${returnTo}`);
}

/** The page for a login that cannot go on. Nothing of the request is repeated on it. */
export function sendRefusalPage(response: ServerResponse, status: number, reason: Both): void {
  const body = `${heading(DEMO_LOGIN.refused)}<p>${html(reason.vi)}</p><p lang="en">${html(reason.en)}</p>`;
  send(response, status, body, "'none'");
}

function heading(words: Both): string {
  const { title } = DEMO_LOGIN;
  return `<div class="demo"><h1>${html(title.vi)} <span lang="en">${html(title.en)}</span></h1>
<p>${html(words.vi)}</p><p lang="en">${html(words.en)}</p></div>`;
}

function send(response: ServerResponse, status: number, body: string, formAction: string): void {
  const title = html(DEMO_LOGIN.title.vi);
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
    "X-Content-Type-Options": "nosniff",
    // Not no-referrer: that would turn the Origin of the form's own post into "null".
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
  });
  response.end(
    `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`,
  );
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
