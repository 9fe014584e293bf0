import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { parseDashboardAddress } from "../dashboard/dashboard-address.ts";
import { describePeriod } from "../dashboard/describe-trend.ts";
import { FigureCards } from "../dashboard/figure-cards.tsx";
import { readFigures } from "../dashboard/figures.server.ts";
import { FiguresCard } from "../dashboard/figures-card.tsx";
import { OrderFigures } from "../dashboard/order-figures.tsx";
import { PeriodPicker } from "../dashboard/period-picker.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { firstPage } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { RecentOrders } from "../orders/recent-orders.tsx";
import { emptyQuery } from "../search/query.ts";
import { todayIn } from "../search/today-in.ts";
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
  const address = parseDashboardAddress(new URL(request.url).searchParams, todayIn(shop.timeZone));
  const [figures, sync, recent] = await Promise.all([
    readFigures(db, shop, address.period),
    readSyncState(db, shopId),
    listOrders(db, shop, { ...firstPage, query: emptyQuery, limit: 8 }),
  ]);
  return json({
    address,
    figures,
    sync: { ...sync, failed: sync.failed.length },
    recent: recent.orders,
  });
}

/** Another period is another answer. */
export const clientLoader = keepLastAnswer(({ pathname, search }) => pathname + search);

export const meta: MetaFunction = () => [{ title: "Home · Atomic Orders" }];

export default function DashboardPage() {
  const { address, figures, sync, recent } = useLoaderData<typeof loader>();
  const { period } = address;
  const shopName = useAppData()?.shop.name;
  return (
    <Page
      title={shopName ?? "Home"}
      subtitle={`Orders placed: ${describePeriod(period)}. Test orders are not counted.`}
    >
      <PeriodPicker address={address} />
      <FigureCards figures={figures} period={period} />
      <OrderFigures figures={figures} period={period} />
      {figures.everOrdered && <FiguresCard figures={figures} address={address} />}
      <RecentOrders orders={recent} />
      <Card title="Shopify">
        <SyncSummary {...sync} linkFailed />
      </Card>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
