import { useCallback, useEffect, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import type { ReturnPath } from "../../lib/service/session.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { ask } from "../api.ts";
import { isFaultCode } from "../ui/fault-card.tsx";

/** What the service says of who is logged in (docs/FORMATS.md, "Session"). */
export type SessionView = {
  readonly expiresAt: string;
  readonly person: {
    readonly fullName: string;
    readonly issuer: string;
    readonly officer?: { readonly unit: string; readonly title: string; readonly role: "officer" | "supervisor" };
  };
};

export type SessionState =
  | { readonly kind: "loading" }
  /** Nobody is logged in here; `code` says why where there is a reason. */
  | { readonly kind: "none"; readonly code?: FaultCode | undefined }
  | { readonly kind: "active"; readonly session: SessionView }
  | { readonly kind: "failed"; readonly code: FaultCode };

export type SessionControl = {
  readonly state: SessionState;
  readonly refresh: () => Promise<void>;
  readonly extend: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** For a request that failed: a session that has ended is shown as that. @returns the code otherwise */
  readonly failed: (error: unknown) => FaultCode | undefined;
};

/** The session of this browser. Reasons that a login failed come behind `#loi=` and are taken out of the address at once. */
export function useSession(): SessionControl {
  const [state, setState] = useState<SessionState>({ kind: "loading" });
  const failed = useCallback((error: unknown): FaultCode | undefined => {
    const code = codeOf(error);
    if (code !== "session_missing" && code !== "session_expired") return code;
    setState({ kind: "none", code: "session_expired" });
    return undefined;
  }, []);
  const refresh = useCallback(async () => {
    try {
      setState({ kind: "active", session: await ask<SessionView>("/v1/session") });
    } catch (error) {
      const code = codeOf(error);
      if (code === "session_missing") setState({ kind: "none", code: takeReason() });
      else if (code === "session_expired") setState({ kind: "none", code });
      else setState({ kind: "failed", code });
    }
  }, []);
  const extend = useCallback(async () => {
    try {
      const session = await ask<SessionView>("/v1/session/extension", { method: "POST", body: {} });
      setState({ kind: "active", session });
    } catch (error) {
      failed(error);
    }
  }, [failed]);
  const end = useCallback(async () => {
    await ask("/v1/session", { method: "DELETE" }).catch(() => undefined);
    setState({ kind: "none" });
  }, []);
  useEffect(() => void refresh(), [refresh]);
  return { state, refresh, extend, end, failed };
}

/** Begins a login that returns to this page. */
export async function logIn(returnTo: ReturnPath, provider: number): Promise<void> {
  const { authorizeUrl } = await ask<{ authorizeUrl: string }>("/v1/session", { method: "POST", body: { returnTo } });
  location.assign(`${authorizeUrl}?provider=${provider}`);
}

export function codeOf(error: unknown): FaultCode {
  return error instanceof Fault ? error.code : "internal";
}

function takeReason(): FaultCode | undefined {
  const reason = new URLSearchParams(location.hash.slice(1)).get("loi");
  if (reason === null) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  return isFaultCode(reason) ? reason : "internal";
}
