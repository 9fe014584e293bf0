import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useSearchParams } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { LiveBadge } from "../live/live-badge.tsx";
import { LiveProvider } from "../live/live-provider.tsx";
import { CancelledEditNotice } from "../orders/cancelled-edit-notice.tsx";
import { describeSaved } from "../orders/describe-saved.ts";
import { UnsavedText } from "../orders/unsaved-text.tsx";
import { requireShop } from "../session.server.ts";
import { AppFrame } from "../ui/app-frame.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { PreloadScreens } from "../ui/preload-screens.tsx";
import type { AppData } from "../ui/use-app-data.ts";
import { describeSavedView } from "../views/describe-view-change.ts";
import { UndoDelete } from "../views/undo-delete.tsx";

/** The frame around every screen: who the shop is, the navigation, the live connection. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor, pageSession } = await requireShop({ request, context });
  const { name, domain, timeZone, currency } = shop;
  return json<AppData>({
    shop: { name, domain, timeZone, currency },
    userId: actor.id,
    userName: actor.name,
    pageSession,
  });
}

/** The same whatever screen it is around, so that no screen loses its frame for a moment without the server. */
export const clientLoader = keepLastAnswer(() => "frame");

/** An address of every screen; which order it is does not matter to the code. */
const screens = [
  "/app",
  "/app/orders",
  "/app/orders/any",
  "/app/orders/any/edit",
  "/app/invoices",
  "/app/orders/any/invoice",
  "/app/invoices/any",
  "/app/invoices/any/credit",
  "/app/invoices/audit",
  "/app/customers",
  "/app/customers/any",
  "/app/views",
  "/app/bulk",
  "/app/bulk/tracking",
  "/app/bulk/any",
  "/app/deliveries",
  "/app/privacy",
  "/app/settings",
  "/app/settings/shipping",
  "/app/settings/invoices",
  "/app/exports",
];

export default function AppLayout() {
  const { shop, userId, userName } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const saved = query.get("saved");
  const savedView = describeSavedView(saved);
  return (
    <LiveProvider shopDomain={shop.domain} userId={userId ?? ""}>
      <AppFrame
        shop={shop}
        userName={userName}
        connection={<LiveBadge timeZone={shop.timeZone} />}
        message={describeSaved(saved) ?? savedView?.text ?? null}
        messageAction={savedView?.undo && <UndoDelete {...savedView.undo} />}
      >
        <Outlet />
        <CancelledEditNotice />
        <PreloadScreens addresses={screens} />
      </AppFrame>
    </LiveProvider>
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
