import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { parseListCursor } from "../orders/list-cursor.ts";
import { ListPagination } from "../orders/list-pagination.tsx";
import { keepListSearch, listSearch, parseListView } from "../orders/list-view.ts";
import { ListViewTabs } from "../orders/list-view-tabs.tsx";
import { NoOrders } from "../orders/no-orders.tsx";
import { OrderTable } from "../orders/order-table.tsx";
import { listOrders } from "../orders/orders.server.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Orders · Atomic Orders" }];

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const query = new URL(request.url).searchParams;
  const view = parseListView(query.get("view"));
  const olderThan = parseListCursor(query.get("olderThan"));
  const newerThan = parseListCursor(query.get("newerThan"));
  const page = await listOrders(webProcess().db, shopId, { view, olderThan, newerThan });
  return json({ ...page, view, first: !olderThan && !newerThan });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { orders, view, newer, older, first } = useLoaderData<typeof loader>();
  return (
    <Page title="Orders">
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        <ListViewTabs current={view} />
        {orders.length > 0 ? (
          <OrderTable orders={orders} caption="Orders, newest first" />
        ) : (
          <NoOrders view={view} first={first} firstPage={`/app/orders${listSearch(view)}`} />
        )}
        <ListPagination view={view} newer={newer} older={older} />
      </div>
      <Outlet />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
