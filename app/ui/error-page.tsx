import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { describeError } from "./describe-error.ts";
import { MessagePage } from "./message-page.tsx";

/** What happened and what to do, for any error that a route does not handle itself. */
export function ErrorPage() {
  const error = useRouteError();
  const { title, advice } = describeError(isRouteErrorResponse(error) ? error.status : 500);
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
    </MessagePage>
  );
}
