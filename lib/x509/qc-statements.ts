import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, type Node } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid, text } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";

/** QCStatement (RFC 3739 §3.2.6). */
export type QcStatement = { readonly id: string; readonly info: Node | undefined };

/** All statements in order; undefined where the extension is absent. @throws Fault `x509_malformed` */
export function qcStatements(holder: Extended): readonly QcStatement[] | undefined {
  return readExtensionValue(holder, OID.qcStatements, (node) => {
    if (node.tag !== TAG.sequence) throw new Fault("x509_malformed", "not a list");
    return children(node).map((child) => {
      const cursor = fields(child);
      const id = oid(cursor.next());
      const [info, ...more] = cursor.rest();
      if (more.length > 0) throw new Fault("x509_malformed", "a statement with three fields");
      return { id, info };
    });
  });
}

export type Semantics = { readonly identifier: string | undefined; readonly authorities: readonly GeneralName[] };

/** SemanticsInformation (RFC 3739 §3.2.6.1): what the subject's serialNumber means, and who registers it. @throws Fault */
export function semanticsOf(holder: Extended): Semantics | undefined {
  const info = qcStatements(holder)?.find(({ id }) => id === OID.qcsPkixQcSyntaxV2)?.info;
  if (info === undefined) return undefined;
  const cursor = fields(info);
  const identifier = cursor.optional(TAG.oid);
  const authorities = cursor.optional(TAG.sequence);
  cursor.done();
  return {
    identifier: identifier && oid(identifier),
    authorities: authorities === undefined ? [] : readGeneralNames(authorities),
  };
}

export type PdsLocation = { readonly url: string; readonly language: string };

/** Where the disclosure statements are, by language (EN 319 412-5 §4.3.4). @throws Fault */
export function pdsLocations(holder: Extended): readonly PdsLocation[] {
  const info = qcStatements(holder)?.find(({ id }) => id === OID.qcPds)?.info;
  if (info === undefined) return [];
  return children(info).map((child) => {
    const cursor = fields(child);
    const url = text(cursor.next(TAG.ia5String));
    const language = text(cursor.next(TAG.printableString));
    cursor.done();
    return { url, language };
  });
}
