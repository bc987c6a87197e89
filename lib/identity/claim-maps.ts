import { Fault } from "../fault/fault.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { isPlainText } from "../text/plain.ts";
import { isNameText } from "../x509/write-name.ts";
import { type BirthDate, readBirthDate } from "./birth-date.ts";

/** Longest full name, code points. The longest on record in Vietnam are about 60. */
const MAX_NAME = 200;

/** Where a full name comes from, and in which order: Vietnamese names are family, middle, given. */
export type NameOrder = "name" | "family-first" | "given-first";

/** A person as an issuer describes them. */
export type Person = {
  /** What the issuer calls this person for ever, never a number that the state gave. */
  readonly subject: string;
  /** NFC, single spaces; letters, case and order as the issuer has them. */
  readonly fullName: string;
  readonly birthDate?: BirthDate;
  readonly officer?: Officer;
};

/** The office of a person in a public body, where the issuer says that there is one. */
export type Officer = {
  /** Name of the body, and its code. */
  readonly unit: string;
  readonly unitCode: string;
  /** The person's office in it. */
  readonly title: string;
  readonly role: "officer" | "supervisor";
};

/** @throws Fault token_claims, identity_not_person */
export type ClaimMap = (claims: JsonObject, nameOrder: NameOrder) => Person;

/** OpenID Connect Core §5.1. */
function standard(claims: JsonObject, nameOrder: NameOrder): Person {
  return {
    subject: text(claims, "sub"),
    fullName: readName(standardName(claims, nameOrder)),
    ...birthDate(claims, "birthdate", "oidc"),
  };
}

function standardName(claims: JsonObject, nameOrder: NameOrder): string {
  if (nameOrder === "name") return text(claims, "name");
  const family = text(claims, "family_name");
  const given = text(claims, "given_name");
  const middle = claims.middle_name === undefined || claims.middle_name === "" ? [] : [text(claims, "middle_name")];
  return (nameOrder === "family-first" ? [family, ...middle, given] : [given, ...middle, family]).join(" ");
}

/**
 * The national public service portal and VNeID, as their claims were seen in December 2023. `SoDinhDanh`, the citizen number, is
 * not read: nothing here needs it.
 */
function nationalPortal(claims: JsonObject): Person {
  checkAccountType(claims.LoaiTaiKhoan);
  const subject = text(claims, "TechID");
  // An old identity card has 9 digits, a citizen number 12: either in this place would follow a person through every service.
  if (/^(?:\d{9}|\d{12})$/.test(subject)) throw new Fault("token_claims", "TechID is not a technical identifier");
  return {
    subject,
    fullName: readName(text(claims, "HoVaTen")),
    ...birthDate(claims, "NgayThangNamSinh", "compact"),
    ...office(claims),
  };
}

/** The values of `VaiTro`. Anybody else is a citizen. */
const ROLES: ReadonlyMap<JsonValue | undefined, Officer["role"]> = new Map([
  ["can_bo", "officer"],
  ["lanh_dao", "supervisor"],
]);

/** An office that is not told in full is none: it must not keep anybody from signing as the person they are. */
function office(claims: JsonObject): { readonly officer?: Officer } {
  const role = ROLES.get(claims.VaiTro);
  const [unit, unitCode, title] = [claims.TenCoQuan, claims.MaCoQuan, claims.ChucVu].map(officeText);
  if (role === undefined || unit === undefined || unitCode === undefined || title === undefined) return {};
  return { officer: { unit, unitCode, title, role } };
}

function officeText(value: JsonValue | undefined): string | undefined {
  const text = typeof value === "string" ? value.normalize("NFC").trim() : "";
  return isPlainText(text, MAX_NAME) ? text : undefined;
}

/** 1 is a person, 2 an organisation, which signs through the people who may act for it. */
function checkAccountType(type: JsonValue | undefined): void {
  if (type === "1" || type === 1) return;
  if (type === "2" || type === 2) throw new Fault("identity_not_person", "the account is that of an organisation");
  throw new Fault("token_claims", "LoaiTaiKhoan is missing or unknown");
}

function text(claims: JsonObject, name: string): string {
  const value = claims[name];
  if (typeof value !== "string" || value === "") throw new Fault("token_claims", `${name} is missing or not a text`);
  return value;
}

function readName(received: string): string {
  const name = received.normalize("NFC").trim().replace(/\s+/gu, " ");
  // Stricter than text for people: it goes into a certificate, and what no certificate can say is found out before anything is claimed.
  if (!isPlainText(name, MAX_NAME) || !isNameText(name) || !/\p{L}/u.test(name)) {
    throw new Fault("token_claims", "the name is not one that can be shown and signed");
  }
  return name;
}

function birthDate(claims: JsonObject, name: string, form: "oidc" | "compact"): { readonly birthDate?: BirthDate } {
  const value = claims[name];
  if (value === undefined || value === null || value === "") return {};
  if (typeof value !== "string") throw new Fault("token_claims", `${name} is not a text`);
  if (form === "oidc" && value.startsWith("0000-")) return {};
  const date = readBirthDate(value, form);
  if (date === undefined) throw new Fault("token_claims", `${name} is not a date`);
  return { birthDate: date };
}

export const CLAIM_MAPS = { oidc: standard, dvcqg: nationalPortal } as const satisfies Record<string, ClaimMap>;
export type ClaimMapId = keyof typeof CLAIM_MAPS;
