import type { ChangeCode } from "../../text/changes.ts";

/** What the catalog leads to under rules of their own. */
export const CATALOG_RULES: ReadonlySet<string> = new Set(["Pages", "AcroForm", "DSS", "Metadata", "Extensions"]);

const CATALOG_CODES: ReadonlyMap<string, ChangeCode> = new Map<string, ChangeCode>([
  ["OpenAction", "open_action_or_script_added"],
  ["AA", "open_action_or_script_added"],
  ["OCProperties", "optional_content_changed"],
  ["Names", "names_changed"],
  ["Dests", "names_changed"],
  ["AF", "embedded_file_added"],
  ["Collection", "embedded_file_added"],
  ["Perms", "permissions_changed"],
  ["StructTreeRoot", "structure_changed"],
  ["Outlines", "outline_changed"],
]);

export function catalogCode(key: string): ChangeCode {
  return CATALOG_CODES.get(key) ?? "catalog_changed";
}

export function formCode(key: string): ChangeCode {
  return key === "DR" ? "form_resources_changed" : "form_changed";
}

const PAGE_CODES: ReadonlyMap<string, ChangeCode> = new Map<string, ChangeCode>([
  ["Contents", "page_content_changed"],
  ["Group", "page_content_changed"],
  ["Resources", "page_resources_changed"],
  ["AA", "open_action_or_script_added"],
  ...["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "Rotate", "UserUnit"].map(
    (key) => [key, "page_box_or_rotation_changed"] as const,
  ),
]);

export function pageCode(key: string): ChangeCode {
  return PAGE_CODES.get(key) ?? "page_changed";
}
