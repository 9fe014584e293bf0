import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Button, ButtonLink } from "./button.tsx";
import { describeError } from "./describe-error.ts";
import { MessagePage } from "./message-page.tsx";
import { useAppData } from "./use-app-data.ts";

/** What happened and what to do, for any error that a route does not handle itself. */
export function ErrorPage() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const { title, advice } = describeError(status);
  const inFrame = useAppData() !== undefined;
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
      <p className="flex flex-wrap gap-2">
        {status >= 500 && <TryAgain />}
        {inFrame && <ButtonLink to="/app/orders">Go to the orders</ButtonLink>}
      </p>
    </MessagePage>
  );
}

/** Reads the page's data again, in place. A plain browser has its own reload. */
function TryAgain() {
  const { revalidate, state } = useRevalidator();
  if (!useHydrated()) return null;
  return (
    <Button variant="primary" busy={state === "loading"} onClick={revalidate}>
      {state === "loading" ? "Trying…" : "Try again"}
    </Button>
  );
}
