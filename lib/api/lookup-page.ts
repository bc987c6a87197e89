import { formatLookupCode } from "../identity/read-lookup-code.ts";
import type { LookedUp, Opened } from "../service/lookup.ts";
import { escapeXml } from "../text/escape-xml.ts";
import { FAULTS, type FaultCode } from "../text/faults.ts";
import { identifiedWords } from "../text/identified.ts";
import { LOOKUP } from "../text/lookup-page.ts";
import { type Both, CLASSES } from "../text/report.ts";

/** The page runs nothing and loads nothing; its forms lead back to it. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
} as const;
/** Characters of what was typed that are shown again: a code has 14 with its hyphens. */
const SHOWN = 64;
/** Minutes: people read Vietnamese time, whatever their device says. */
const OFFSET = 420;

type Answered = {
  /** As it was typed. */
  readonly code: string;
  readonly found?: LookedUp | Opened;
  readonly fault?: FaultCode;
};

/** The answer for a browser without JavaScript. What a request or a document brought stands in it as text alone. */
export function lookupPage({ code, found, fault }: Answered): Response {
  const told = fault === undefined ? "" : `<p role="alert">${both(FAULTS[fault])} <code>${fault}</code></p>`;
  const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${LOOKUP.title.vi} – Ký Một Lần</title></head><body><main>
<h1>${both(LOOKUP.title)}</h1>
${told}${found === undefined ? "" : result(found)}
<form method="get" action="/tra-cuu"><p><label for="ma">${both(LOOKUP.code)}</label></p>
<p><input id="ma" name="ma" value="${escapeXml(found === undefined ? code.slice(0, SHOWN) : formatLookupCode(found.code))}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="${SHOWN}" required>
<button>${both(LOOKUP.submit)}</button></p></form>
${found === undefined || isOpened(found) ? "" : openingForm(found.code)}
</main></body></html>`;
  return new Response(html, { status: fault === undefined ? 200 : FAULTS[fault].status, headers: HEADERS });
}

function result(found: LookedUp | Opened): string {
  const { vi, en } = CLASSES[found.class];
  const rows: readonly (readonly [Both, string | null])[] = [
    [LOOKUP.signedAt, shownTime(found.signedAt)],
    [LOOKUP.disputedAt, found.disputedAt && shownTime(found.disputedAt)],
    [LOOKUP.issuer, found.issuer],
    [LOOKUP.class, `${vi} / ${en}`],
    [LOOKUP.assisted, found.assisted?.unit ?? null],
    [LOOKUP.documents, String(found.documents)],
    ...(isOpened(found) ? openedRows(found) : []),
  ];
  const shown = rows.flatMap(([label, value]) =>
    value === null ? [] : [`<dt>${both(label)}</dt><dd>${escapeXml(value)}</dd>`],
  );
  const alerts = [...(found.disputedAt === null ? [] : [LOOKUP.disputed]), ...(found.demo ? [LOOKUP.demo] : [])];
  return `<section><h2>${both(LOOKUP.found)}</h2>
${alerts.map((alert) => `<p role="alert"><strong>${both(alert)}</strong></p>`).join("")}
<dl>${shown.join("\n")}</dl>${identity(found)}<p>${both(LOOKUP.notTheDocument)}</p></section>
`;
}

const identity = (found: LookedUp | Opened): string =>
  isOpened(found) && found.identified !== null ? `<p>${both(identifiedWords(found.identified))}</p>` : "";

function openedRows({ signer, titles, digests, relyingParty }: Opened): readonly (readonly [Both, string | null])[] {
  const documents = titles.flatMap((title, index): (readonly [Both, string | null])[] => [
    [LOOKUP.titles, title],
    [LOOKUP.digests, digests[index] ?? null],
  ]);
  return [[LOOKUP.signer, signer], [LOOKUP.relyingParty, relyingParty], ...documents];
}

/** The opening code travels in a body: an address would keep it in histories and logs. */
const openingForm = (
  code: string,
): string => `<form method="post" action="/tra-cuu"><input type="hidden" name="ma" value="${escapeXml(code)}">
<p><label for="mo">${both(LOOKUP.opening)}</label></p>
<p><input id="mo" name="mo" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="${SHOWN}" required>
<button>${both(LOOKUP.open)}</button></p></form>`;

const isOpened = (found: LookedUp | Opened): found is Opened => "signer" in found;

const both = ({ vi, en }: Both): string => `${escapeXml(vi)} <span lang="en">${escapeXml(en)}</span>`;

/** @param iso in UTC @returns `23/11/2026 10:15:32 (GMT+7)` */
function shownTime(iso: string): string {
  const local = new Date(Date.parse(iso) + OFFSET * 60_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split("-");
  return `${day}/${month}/${year} ${local.slice(11, 19)} (GMT+7)`;
}
