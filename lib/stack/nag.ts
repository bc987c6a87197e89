import { type Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { ROUTES } from "../api/routes.ts";

/** Findings of cdk-nag's AwsSolutions pack that stay, each on the narrowest construct that has it, with its reason. */
export function acknowledge(stack: Stack): void {
  for (const route of ROUTES)
    on(stack, `Routes/${route.id.replaceAll(".", "-")}`, {
      id: "AwsSolutions-APIG4",
      reason:
        "Public by design: a transaction is guarded by its owner secret and by the approving browser's cookie, signing by an identity token bound to the documents; proofs, status and certificates are for anyone to check.",
    });
  if (stack.node.findChild("Storage").node.tryFindChild("OidcClientSecret") !== undefined)
    on(stack, "Storage/OidcClientSecret", {
      id: "AwsSolutions-SMG4",
      reason:
        "The identity provider issues this secret; a function of ours cannot rotate it. docs/RUNBOOK.md says how the operator does.",
    });
}

function on(stack: Stack, path: string, rule: { readonly id: string; readonly reason: string }): void {
  let construct: IConstruct = stack;
  for (const id of path.split("/")) construct = construct.node.findChild(id);
  Validations.of(construct).acknowledge(rule);
}
