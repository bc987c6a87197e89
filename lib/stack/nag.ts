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
  for (const [path, id, reason] of SITE) on(stack, path, { id, reason });
  for (const { node } of stack.node.findChild("FrontDoor").node.children)
    if (node.id.startsWith("Proof")) on(stack, `FrontDoor/${node.id}`, PROOF_ROTATION);
  // CDK's own construct, named after its handler and its size.
  const uploader = stack.node.children.find(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"));
  if (uploader !== undefined) on(stack, uploader.node.id, UPLOADER_RUNTIME);
  if (stack.node.findChild("FrontDoor").node.tryFindChild("Certificate") === undefined)
    on(stack, "FrontDoor/Distribution", OWN_DOMAIN_MISSING);
  if (stack.node.findChild("Storage").node.tryFindChild("OidcClientSecret") !== undefined)
    on(stack, "Storage/OidcClientSecret", {
      id: "AwsSolutions-SMG4",
      reason:
        "The identity provider issues this secret; a function of ours cannot rotate it. docs/RUNBOOK.md says how the operator does.",
    });
  if (stack.node.findChild("Storage").node.tryFindChild("NoticeSecret") !== undefined)
    on(stack, "Storage/NoticeSecret", {
      id: "AwsSolutions-SMG4",
      reason: "The receiver of notices has to learn each new secret; the operator rotates it (docs/RUNBOOK.md).",
    });
}

const SITE: readonly (readonly [path: string, id: string, reason: string])[] = [
  [
    "FrontDoor/Distribution",
    "AwsSolutions-CFR1",
    "Citizens sign and verify from wherever they are, and certificates must be checkable in every country.",
  ],
  [
    "FrontDoor/Distribution",
    "AwsSolutions-CFR2",
    "No WAF: its rules read bodies and cookies, which hold digests and secrets. Limits of size, rate and time are in the API; an operator can attach one (docs/RUNBOOK.md).",
  ],
  [
    "FrontDoor/Distribution",
    "AwsSolutions-CFR3",
    "CloudFront's log would hold addresses of people, transaction ids in paths and look-up codes in queries. The API's own log says which door, how it ended and how long it took.",
  ],
  [
    "Site/Files",
    "AwsSolutions-S1",
    "The bucket holds what everybody may download, CloudFront alone reads it, and who asked for which page is nobody's business.",
  ],
  [
    "Site/Upload/Steps",
    "AwsSolutions-IAM5[Resource::<SiteFiles975A43CF.Arn>/assets/*]",
    "Names of assets hold their content, so they are not known before; writing is all that is allowed there, not deleting.",
  ],
  [
    "Site/Upload/Steps",
    "AwsSolutions-IAM5[Resource::<SiteFiles975A43CF.Arn>/pages/*]",
    "The pages of the table: writing is all that is allowed there, not deleting, and nothing else is in the folder.",
  ],
];

const PROOF_ROTATION = {
  id: "AwsSolutions-SMG4",
  reason:
    "CloudFront and the functions take a new value at a deployment only; docs/RUNBOOK.md says how. Who learns it can pretend another address where requests are counted, and nothing else.",
};

const OWN_DOMAIN_MISSING = {
  id: "AwsSolutions-CFR4",
  reason:
    "Under CloudFront's own name CloudFront chooses the lowest version of TLS. An installation that matters has its own domain, and with it TLS 1.2 of 2021.",
};

const UPLOADER_RUNTIME = {
  id: "AwsSolutions-L1",
  reason:
    "CDK chooses the runtime of its own uploader, which runs while the stack is deployed and never for a request.",
};

function on(stack: Stack, path: string, rule: { readonly id: string; readonly reason: string }): void {
  let construct: IConstruct = stack;
  for (const id of path.split("/")) construct = construct.node.findChild(id);
  Validations.of(construct).acknowledge(rule);
}
