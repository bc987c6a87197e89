/** What people copy from a gazette or a browser: either case, colons or spaces between. @returns undefined for anything else */
export function parseFingerprint(text: string): string | undefined {
  const hex = text.replace(/[:\s]/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : undefined;
}
