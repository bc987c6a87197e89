import { randomBytes } from "node:crypto";
import { ASSISTANCE_MS, type Assistance, dayOf, PAIRING_MS } from "../../lib/service/assistance.ts";
import { NOON } from "./transactions.ts";

export const newId = (): string => randomBytes(16).toString("base64url");

/** An assistance as an officer has just opened it. */
export function newAssistance(changes: Partial<Assistance> = {}): Assistance {
  return {
    id: newId(),
    state: "waiting",
    unit: "UBND phường Thử Nghiệm",
    unitCode: "H00.1",
    officer: `KM:VN-${"0d".repeat(20)}`,
    officerName: "LÊ HOÀNG DŨNG",
    mode: "phone",
    reason: "no_smartphone",
    officerKeyHash: randomBytes(32).toString("base64url"),
    day: dayOf(NOON),
    createdAt: NOON,
    pairingUntil: NOON + PAIRING_MS,
    expiresAt: NOON + ASSISTANCE_MS,
    transactions: [],
    ...changes,
  };
}
