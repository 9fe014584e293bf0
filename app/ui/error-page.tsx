import { isRouteErrorResponse, useRouteError } from "@remix-run/react";

/** What went wrong and what to do, for any error that a route does not handle itself. */
export function ErrorPage() {
  const error = useRouteError();
  const { title, advice } = describe(error);
  return (
    <main className="p-6">
      <h1>{title}</h1>
      <p>{advice}</p>
    </main>
  );
}

function describe(error: unknown): { title: string; advice: string } {
  if (isRouteErrorResponse(error) && error.status === 404) {
    return {
      title: "Not found",
      advice: "There is no such page here, or it belongs to another shop. Go back to the orders.",
    };
  }
  if (isRouteErrorResponse(error) && error.status === 401) {
    return {
      title: "Your session has ended",
      advice: "Open the app again from your Shopify admin. Nothing was lost.",
    };
  }
  return {
    title: "Something went wrong on our side",
    advice: "Your data is safe. Reload the page in a moment; if it stays like this, contact support.",
  };
}
