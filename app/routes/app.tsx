import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { CancelledEditNotice } from "../orders/cancelled-edit-notice.tsx";
import { UnsavedText } from "../orders/unsaved-text.tsx";
import { requireShop } from "../session.server.ts";
import { AppFrame } from "../ui/app-frame.tsx";
import { ErrorPage } from "../ui/error-page.tsx";

/** The frame around every screen: who the shop is, the navigation, the live connection. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor, pageSession } = await requireShop({ request, context });
  const { name, domain, timeZone, currency } = shop;
  return json({
    shop: { name, domain, timeZone, currency },
    userId: actor.id,
    userName: actor.name,
    pageSession,
  });
}

export const clientLoader = keepLastAnswer();

export type AppData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function AppLayout() {
  const data = useLoaderData<typeof loader>();
  return (
    <AppFrame {...data}>
      <Outlet />
      <CancelledEditNotice />
    </AppFrame>
  );
}

export function ErrorBoundary() {
  return (
    <>
      <ErrorPage />
      <UnsavedText />
    </>
  );
}
