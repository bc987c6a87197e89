import type { Rule } from "./rule.ts";
import { ACCEPTANCE_RULES } from "./rules-acceptance.ts";
import { CHAIN_RULES } from "./rules-chain.ts";
import { FORMAT_RULES } from "./rules-format.ts";

/** In the order of the building blocks of EN 319 102-1 §5.2, in which the first failure decides. */
export const RULES: readonly Rule[] = [...FORMAT_RULES, ...CHAIN_RULES, ...ACCEPTANCE_RULES];
