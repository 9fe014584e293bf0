import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { HeldList } from "../invoices/held-list.tsx";
import { listedHolds, listHeldOrders } from "../invoices/held-orders.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requireShop } from "../session.server.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Waiting · Atomic Orders" }];

/** The orders whose documents were held for a person, those that wait longest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  return json({ ...(await listHeldOrders(webProcess().db, shopId)), limit: listedHolds });
}

export const clientLoader = keepLastAnswer();

export default function HeldPage() {
  const { held, count, limit } = useLoaderData<typeof loader>();
  return (
    <Page title="Waiting for you" narrow back={{ to: "/app/invoices", label: "Back to the invoices" }}>
      {count === 0 ? (
        <EmptyState title="Nothing waits">
          <p>An order appears here when its figures do not add up and no document is issued for it.</p>
        </EmptyState>
      ) : (
        <section className="grid gap-3 rounded-card bg-surface p-4 shadow-card">
          <p>
            Nothing was issued for these orders, because something does not add up. Open one to leave it, or
            to see the figures and, where they can be read, accept the difference.
          </p>
          {count > limit && (
            <p>
              These are the {limit} that wait longest of {count.toLocaleString("en")}.
            </p>
          )}
          <HeldList held={held} />
        </section>
      )}
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
