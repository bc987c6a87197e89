import type { FieldRole } from "./role.ts";
import type { Step } from "./step.ts";

/** Whether what a field shows is what its value says, as far as that can be told. */
export function agrees(_step: Step, _number: number, _role: FieldRole): boolean {
  return true;
}
