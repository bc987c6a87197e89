/** Whether this browser has passkeys, and a way to ask the person for one. */
export async function canUsePasskey(): Promise<boolean> {
  return typeof PublicKeyCredential === "function" && typeof navigator.credentials?.get === "function";
}
