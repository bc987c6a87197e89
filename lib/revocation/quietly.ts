import { Fault } from "../fault/fault.ts";

/** @returns undefined for what cannot be read */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
