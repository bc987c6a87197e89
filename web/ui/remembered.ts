/**
 * What this tab was told, for as long as it is open. A browser may refuse to keep anything; then nothing is remembered.
 *
 * @returns null where nothing is known
 */
export function remembered(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Then the next page asks again.
  }
}
