import { openFont } from "../../lib/draw/font.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { PrepareOptions } from "../../lib/pades/prepare.ts";
import { reportFonts } from "../../lib/service/report-fonts.ts";
import type { StampInput } from "../../lib/stamp/stamp-input.ts";

/** Where `--stamp` wants the stamp: "auto", "own-page", or page, millimetres from the left, millimetres from the bottom. */
export type StampChoice = StampInput["place"];

/** @throws Fault `usage`: it is none of the three, or there is no name for the stamp to show */
export function stampChoice(text: string | undefined, name: string | undefined): StampChoice | undefined {
  if (text === undefined) return undefined;
  if (name === undefined)
    throw new Fault("usage", "--stamp shows a name: give it with --name as the log-in will carry it");
  if (text === "auto" || text === "own-page") return text;
  const [, page, left, bottom] = /^(\d{1,6}),(\d{1,5}(?:\.\d{1,3})?),(\d{1,5}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  if (page === undefined) throw new Fault("usage", "--stamp is auto, own-page or PAGE,LEFT,BOTTOM in millimetres");
  return { page: Number(page), left: Number(left), bottom: Number(bottom) };
}

/** @param id of the transaction @param server whose host is printed as the place to check the signature at */
export function stampInput(
  place: StampChoice,
  { claimedTime, offsetMinutes, name = "" }: PrepareOptions,
  { id, server, locale }: { readonly id: string; readonly server: string; readonly locale: "vi" | "en" },
): StampInput {
  const font = openFont(reportFonts().regular);
  return { font, name, claimedTime, offsetMinutes, host: new URL(server).host, id, place, locale };
}
