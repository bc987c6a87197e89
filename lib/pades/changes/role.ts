import type { ChangeCode } from "../../text/changes.ts";

/**
 * What an object is to the document. An object that has two parts to play has the stricter one: whatever lies under a page's
 * content or anything else that nobody may change is `fixed`, whoever else refers to it.
 */
export type Role =
  /** May never change; `code` says what it was when it does. */
  | { readonly kind: "fixed"; readonly code: ChangeCode; readonly page: number | undefined }
  | { readonly kind: "catalog" }
  /** A node of the page tree that is no page. */
  | { readonly kind: "pages" }
  | { readonly kind: "page"; readonly page: number }
  /** The array of a page's annotations, where it is an object of its own. */
  | { readonly kind: "annotations"; readonly page: number }
  /** An annotation that is not a form field. */
  | { readonly kind: "annotation"; readonly page: number }
  | { readonly kind: "annotation-part"; readonly of: number }
  /** The form's dictionary. */
  | { readonly kind: "form" }
  /** An array of fields; `of` is the field that has them, undefined for those at the top. */
  | { readonly kind: "fields"; readonly of: number | undefined }
  | FieldRole
  /** What a field's value and appearance are made of. */
  | { readonly kind: "field-part"; readonly of: number }
  /** A signature dictionary and what is in it. */
  | { readonly kind: "signature"; readonly of: number }
  | { readonly kind: "info" }
  | { readonly kind: "metadata" }
  | { readonly kind: "extensions" }
  | { readonly kind: "dss" };

/** A field, or a widget of one: a node of the form's tree. */
export type FieldRole = {
  readonly kind: "field";
  /** Fully qualified (ISO 32000-2 §12.7.4.2). */
  readonly name: string;
  /** /FT, inherited where it is. */
  readonly type: string | undefined;
  /** Object number of the node above. */
  readonly parent: number | undefined;
};
