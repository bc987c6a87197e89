import { CLASSES, VALUES } from "../../lib/text/report.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import type { Phrase } from "../ui/text.ts";
import { isDisputed, type KnownStanding } from "./standings.ts";

// What is said of a signature, as whole sentences. Nothing here speaks of a legal effect but `usesOf`, and that by the class and in the
// operator's words alone.

type SigningTime = SignatureReport["sevenFields"]["signingTime"];

const CLOCKS = { timestamp: CHECK.timeProven, log: CHECK.timeLogged, claimed: CHECK.timeClaimed } as const;

/** Which clock the time of signing comes from. */
export function clockOf({ time, source }: SigningTime): Phrase {
  return time === null || source === null ? CHECK.timeNone : CLOCKS[source];
}

export function integrityOf({ integrity }: SignatureReport): Phrase {
  return CHECK[integrity];
}

const AFTER = {
  none: CHECK.nothingAfter,
  permitted: CHECK.permittedAfter,
  forbidden: CHECK.forbiddenAfter,
  unknown: CHECK.unknownAfter,
} as const;

/** What was done to the file behind the signature. */
export function changesOf({ changes }: SignatureReport): Phrase {
  return AFTER[changes];
}

/**
 * What the signature is good for: the class by the trust profile, what the operator says of it, and what stands against relying on it.
 *
 * @param legal `legalLevelLabel` of the service, where the signature is the service's own
 */
export function usesOf(signature: SignatureReport, standing: KnownStanding, legal: Phrase | null): readonly Phrase[] {
  const { verdict, test, class: signatureClass, equivalentToHandwritten } = signature;
  if (verdict === "INVALID") return [CHECK.useInvalid];
  if (isDisputed(standing)) return [CHECK.useDisputed];
  if (verdict === "CANNOT_TELL") return [CHECK.useOpen];
  const named = signatureClass === null ? [] : [withName(CHECK.useClass, CLASSES[signatureClass])];
  if (test) return [CHECK.useTest, ...named];
  const told = legal === null ? [] : [withName(CHECK.useLegal, legal)];
  return [...named, ...told, equivalentToHandwritten ? CHECK.useHandwritten : CHECK.useRecipient];
}

function withName({ vi, en }: Phrase, name: Phrase): Phrase {
  return { vi: vi.replace("{name}", () => name.vi), en: en.replace("{name}", () => name.en) };
}

/** The three axes of R30, each with what it is: nobody takes one for another. */
export function axesOf(signature: SignatureReport): readonly (readonly [keyof typeof CHECK, Phrase])[] {
  return [
    ["cryptography", VALUES.integrity[signature.integrity]],
    ["trust", VALUES.trust[signature.trust]],
    ["policyAxis", VALUES.policy[signature.policy]],
  ];
}
