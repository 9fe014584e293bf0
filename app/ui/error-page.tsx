import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { ButtonLink } from "./button.tsx";
import { describeError } from "./describe-error.ts";
import { MessagePage } from "./message-page.tsx";
import { useAppData } from "./use-app-data.ts";

/** What happened and what to do, for any error that a route does not handle itself. */
export function ErrorPage() {
  const error = useRouteError();
  const inFrame = useAppData() !== undefined;
  const { title, advice } = describeError(isRouteErrorResponse(error) ? error.status : 500);
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
      {inFrame && (
        <p>
          <ButtonLink to="/app/orders">Go to the orders</ButtonLink>
        </p>
      )}
    </MessagePage>
  );
}
