import { Fault } from "./fault.ts";

/** For what may be unreadable without harm. @returns undefined where a Fault is thrown; everything else goes on */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
