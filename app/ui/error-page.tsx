import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Button, ButtonLink } from "./button.tsx";
import { describeError, type ErrorDescription, noConnection } from "./describe-error.ts";
import { MessagePage } from "./message-page.tsx";
import { isNoConnection } from "./no-connection.ts";
import { useAppData } from "./use-app-data.ts";

/** What happened and what to do, for any error that a route does not handle itself. */
export function ErrorPage() {
  const { title, advice, worthTrying } = useErrorDescription();
  const inFrame = useAppData() !== undefined;
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
      <p className="flex flex-wrap gap-2">
        {worthTrying && <TryAgain />}
        {inFrame && <ButtonLink to="/app/orders">Go to the orders</ButtonLink>}
      </p>
    </MessagePage>
  );
}

/** The words for the error that a route has caught, and whether the same again may go better. */
export function useErrorDescription(): ErrorDescription & { worthTrying: boolean } {
  const error = useRouteError();
  if (isNoConnection(error)) return { ...noConnection, worthTrying: true };
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return { ...describeError(status), worthTrying: status >= 500 };
}

/** Reads the page's data again, in place. A plain browser has its own reload. */
export function TryAgain() {
  const { revalidate, state } = useRevalidator();
  if (!useHydrated()) return null;
  return (
    <Button variant="primary" busy={state === "loading"} onClick={revalidate}>
      {state === "loading" ? "Trying…" : "Try again"}
    </Button>
  );
}
