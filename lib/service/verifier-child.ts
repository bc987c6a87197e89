import { answerQuestions } from "./isolated.ts";
import { hereVerifier, type Verifier, type VerifierQuestion } from "./verifier.ts";

let verify: Verifier | undefined;

answerQuestions(({ statusHosts, ...question }: VerifierQuestion & { readonly statusHosts: readonly string[] }) => {
  verify ??= hereVerifier(statusHosts);
  return verify(question);
});
