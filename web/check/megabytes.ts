/** "4.5", "20": as files are measured by those who sell storage, 1,000,000 octets. */
export function megabytes(octets: number): string {
  return (octets / 1_000_000).toFixed(octets < 10_000_000 ? 1 : 0);
}
