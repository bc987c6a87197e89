import type { Fault } from "../fault/fault.ts";
import { FAULTS } from "../text/faults.ts";

/** A page of this function runs nothing and loads nothing. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'none'; frame-ancestors 'none'; base-uri 'none'",
} as const;

/** A problem for a person: the words of its code in both languages. Nothing that the request carried stands in the page. */
export function problemPage({ code }: Fault): Response {
  const { status, vi, en } = FAULTS[code];
  const html = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ký Một Lần</title><main><h1>${vi}</h1><p lang="en">${en}</p><p><code>${code}</code></p></main></html>`;
  return new Response(html, { status, headers: HEADERS });
}
