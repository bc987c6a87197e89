import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand, type KMSClient, NotFoundException } from "@aws-sdk/client-kms";
import { KEY_ALIASES } from "./environment.ts";

/** Makes the service's keys where they are missing: the part of the stack for a machine that has none. */
export async function ensureKeys(client: KMSClient): Promise<void> {
  await Promise.all(
    Object.values(KEY_ALIASES).map(async (alias) => {
      if (await exists(client, alias)) return;
      const mac = alias === KEY_ALIASES.pairwise;
      const { KeyMetadata: made } = await client.send(
        new CreateKeyCommand(
          mac
            ? { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }
            : { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
        ),
      );
      await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: made?.KeyId }));
    }),
  );
}

async function exists(client: KMSClient, alias: string): Promise<boolean> {
  try {
    await client.send(new DescribeKeyCommand({ KeyId: alias }));
    return true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  }
}
