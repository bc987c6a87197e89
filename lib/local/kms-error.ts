/** The errors of the KMS API that the embedded endpoint can answer with; status 400 all of them, as KMS does. */
export type KmsErrorType =
  | "AlreadyExistsException"
  | "DisabledException"
  | "DryRunOperationException"
  | "InvalidAliasNameException"
  | "InvalidKeyUsageException"
  | "InvalidMarkerException"
  | "KMSInvalidMacException"
  | "KMSInvalidSignatureException"
  | "KMSInvalidStateException"
  | "NotFoundException"
  | "SerializationException"
  | "UnknownOperationException"
  | "UnsupportedOperationException"
  | "ValidationException";

export type KmsError = Error & { readonly kmsType: KmsErrorType };

/** An answer of the API, thrown to leave an operation early. */
export function kmsError(kmsType: KmsErrorType, message: string): KmsError {
  return Object.assign(new Error(message), { kmsType });
}

export function isKmsError(error: unknown): error is KmsError {
  return error instanceof Error && "kmsType" in error;
}
