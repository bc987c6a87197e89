import { DomainName, SecurityPolicy } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";

/** The service's own name: it is signed into certificates, so an installation that matters has one from the start. */
export type Domain = {
  readonly name: string /** ACM certificate in the stack's Region. */;
  readonly certificateArn: string;
};

/** The name at API Gateway, TLS 1.2 and up; pointing DNS at it is the operator's (docs/RUNBOOK.md). */
export function domainName(scope: Construct, { name, certificateArn }: Domain): DomainName {
  return new DomainName(scope, "Domain", {
    domainName: name,
    certificate: Certificate.fromCertificateArn(scope, "DomainCertificate", certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
}
