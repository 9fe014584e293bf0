import { useHydrated } from "remix-utils/use-hydrated";
import { PageSessionInput } from "./page-session-input.tsx";
import { useAppData } from "./use-app-data.ts";

/** Who sends a GET form, while no script can say so; see AppLink, which does the same. */
export function PlainSession() {
  const app = useAppData();
  if (useHydrated()) return null;
  return (
    <>
      {app && <input type="hidden" name="shop" value={app.shop.domain} />}
      <PageSessionInput />
    </>
  );
}
