import type { Fault } from "../fault/fault.ts";
import { FAULTS } from "../text/faults.ts";
import { PAGES } from "../text/pages.ts";

/** A page of this function runs nothing and loads nothing. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'none'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** What a person sees who comes back from the identity provider and has signed. */
export function donePage(): Response {
  return page(200, PAGES.signed.vi, PAGES.signed.en);
}

/** A problem for a person: the words of its code in both languages. */
export function problemPage(fault: Fault): Response {
  const { status, vi, en } = FAULTS[fault.code];
  return page(status, vi, en, fault.code);
}

/** Every text comes from the catalogue: nothing that a request carried stands in the page. */
function page(status: number, vi: string, en: string, code?: string): Response {
  const note = code === undefined ? "" : `<p><code>${code}</code></p>`;
  const html = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ký Một Lần</title><main><h1>${vi}</h1><p lang="en">${en}</p>${note}</main></html>`;
  return new Response(html, { status, headers: HEADERS });
}
