import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import type { Clock } from "../ports/ports.ts";

/** A login leaves about six records for at most an hour; beyond this many the oldest go, so that memory stays flat. */
const CAPACITY = 10_000;

type Kept = { readonly payload: AdapterPayload; readonly until: number };

/**
 * Where the embedded identity provider keeps logins, codes and grants: in memory, because a demo person can log in again.
 *
 * @returns what oidc-provider calls an adapter, by model
 */
export function providerSessions(clock: Clock): AdapterFactory {
  const records = new Map<string, Kept>();

  const keep = (key: string, record: Kept): void => {
    records.delete(key);
    records.set(key, record);
    for (const [oldest] of records) {
      if (records.size <= CAPACITY) break;
      records.delete(oldest);
    }
  };
  const live = (key: string): AdapterPayload | undefined => {
    const record = records.get(key);
    if (record !== undefined && record.until > clock()) return record.payload;
    records.delete(key);
    return undefined;
  };
  const search = (model: string, member: "uid" | "userCode", value: string): AdapterPayload | undefined => {
    for (const [key, { payload }] of records)
      if (key.startsWith(`${model}:`) && payload[member] === value) return live(key);
    return undefined;
  };

  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      keep(`${model}:${id}`, { payload, until: expiresIn ? clock() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
    },
    async find(id) {
      return live(`${model}:${id}`);
    },
    async findByUid(uid) {
      return search(model, "uid", uid);
    },
    async findByUserCode(userCode) {
      return search(model, "userCode", userCode);
    },
    async consume(id) {
      const payload = live(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(clock() / 1000);
    },
    async destroy(id) {
      records.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of records) if (payload.grantId === grantId) records.delete(key);
    },
  });
}
