/**
 * The catalogue of faults speaks to people who sign, and tells them each time that nothing was signed. Whoever only asks about a file
 * did not want to sign anything.
 */
export function withoutSigning({ vi, en }: { readonly vi: string; readonly en: string }): { vi: string; en: string } {
  return { vi: vi.replace(/ Chưa có gì được ký\.$/, ""), en: en.replace(/ Nothing was signed\.$/, "") };
}
