import { useCallback, useEffect, useState } from "preact/hooks";
import { ask } from "../api.ts";

/** What the service says of itself (docs/FORMATS.md); as far as signing needs it. */
export type Service = {
  readonly demo: boolean;
  readonly providers: readonly Provider[];
  readonly passkeys?: { readonly rpId: string } | null;
};
export type Provider = { readonly issuer: string; readonly name: string };

export function useService(): { service?: Service; error?: unknown; retry: () => void } {
  const [state, setState] = useState<{ service?: Service; error?: unknown }>({});
  const retry = useCallback(() => {
    setState({});
    ask<Service>("/v1/service").then(
      (service) => setState({ service }),
      (error: unknown) => setState({ error }),
    );
  }, []);
  useEffect(retry, [retry]);
  return { ...state, retry };
}
