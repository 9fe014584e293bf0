import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { keepListSearch, parseListAddress } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { ListPagination } from "../orders/list-pagination.tsx";
import { NoOrders } from "../orders/no-orders.tsx";
import { orderListScreen } from "../orders/order-list-screen.ts";
import { OrderTable } from "../orders/order-table.tsx";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { openDefaultView } from "../views/open-default-view.ts";
import { listSavedViews } from "../views/saved-views.server.ts";
import { ViewTabs } from "../views/view-tabs.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Orders · Atomic Orders" }];

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const { db } = webProcess();
  const url = new URL(request.url);
  const views = await listSavedViews(db, shop.id, actor, "orders");
  const elsewhere = openDefaultView(orderListScreen, views, url);
  if (elsewhere) throw redirect(elsewhere);
  const address = parseListAddress(url.searchParams);
  const { query } = parseOrderQuery(address.q, shop);
  const page = await listOrders(db, shop, { ...address, query });
  return json({ ...page, ...views, address });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { orders, address, before, after, views, defaultView } = useLoaderData<typeof loader>();
  return (
    <Page title="Orders">
      <div className="min-w-0 rounded-card bg-surface shadow-card">
        <ViewTabs screen={orderListScreen} views={views} defaultView={defaultView} address={address} />
        {orders.length > 0 ? (
          <OrderTable orders={orders} caption="Orders, newest first" />
        ) : (
          <NoOrders address={address} />
        )}
        <ListPagination address={address} before={before} after={after} />
      </div>
      <Outlet />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
