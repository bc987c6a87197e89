import { localCredentials } from "../../lib/local/credentials.ts";
import { startDynamoDb } from "../../lib/local/dynamodb.ts";

// A process that is there to be killed: it serves the database of the directory that it is given and says where.
const [directory = "", credentials = ""] = process.argv.slice(2);
const { url } = await startDynamoDb({ directory, credentials: localCredentials(credentials) });
process.stdout.write(`${url}\n`);
