import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { firstPage } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { OrderFigures } from "../orders/order-figures.tsx";
import { countOrders } from "../orders/orders.server.ts";
import { RecentOrders } from "../orders/recent-orders.tsx";
import { emptyQuery } from "../search/query.ts";
import { requireShop } from "../session.server.ts";
import { Card } from "../ui/card.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { webProcess } from "../web-process.server.ts";
import { SyncSummary } from "../webhooks/sync-summary.tsx";
import { readSyncState } from "../webhooks/webhook-events.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const { db } = webProcess();
  const [counts, sync, recent] = await Promise.all([
    countOrders(db, shopId),
    readSyncState(db, shopId),
    listOrders(db, shop, { ...firstPage, query: emptyQuery, limit: 8 }),
  ]);
  return json({ counts, sync: { ...sync, failed: sync.failed.length }, recent: recent.orders });
}

export const clientLoader = keepLastAnswer();

export const meta: MetaFunction = () => [{ title: "Home · Atomic Orders" }];

export default function DashboardPage() {
  const { counts, sync, recent } = useLoaderData<typeof loader>();
  const shopName = useAppData()?.shop.name;
  return (
    <Page title={shopName ?? "Home"} subtitle="Your orders at a glance. Test orders are not counted.">
      <OrderFigures counts={counts} />
      <Card title="Shopify">
        <SyncSummary {...sync} linkFailed />
      </Card>
      <RecentOrders orders={recent} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
