import {
  AlreadyExistsException,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  type KMSClient,
  NotFoundException,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";

/** The two kinds of key in use, in the words of KMS. */
const KINDS = {
  signing: { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
  mac: { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
} as const;

/** Days; the shortest that KMS allows. */
const SHORTEST_WAIT = 7;

/**
 * Makes a key under `alias` unless the alias is there. On AWS the stack makes the keys; this is for the embedded KMS.
 *
 * @param alias with its prefix, `alias/…`
 * @returns the key's ARN
 * @throws Error the alias leads to a key of another kind
 */
export async function ensureKmsKey(client: KMSClient, alias: string, kind: keyof typeof KINDS): Promise<string> {
  const kept = await describe(client, alias);
  if (kept !== undefined) {
    if (kept.KeySpec !== KINDS[kind].KeySpec) throw new Error(`${alias} is a ${kept.KeySpec}, not a ${kind} key`);
    return kept.Arn ?? alias;
  }
  const { KeyMetadata: made } = await client.send(new CreateKeyCommand({ ...KINDS[kind], Description: alias }));
  try {
    await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: made?.KeyId }));
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
    // Somebody else was faster: theirs counts, ours goes.
    await client.send(new ScheduleKeyDeletionCommand({ KeyId: made?.KeyId, PendingWindowInDays: SHORTEST_WAIT }));
    return ensureKmsKey(client, alias, kind);
  }
  return made?.Arn ?? alias;
}

async function describe(client: KMSClient, keyId: string) {
  try {
    return (await client.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
