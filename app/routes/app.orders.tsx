import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { keepListSearch, parseListAddress } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { ListPagination } from "../orders/list-pagination.tsx";
import { ListViewTabs } from "../orders/list-view-tabs.tsx";
import { NoOrders } from "../orders/no-orders.tsx";
import { OrderTable } from "../orders/order-table.tsx";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Orders · Atomic Orders" }];

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const address = parseListAddress(new URL(request.url).searchParams);
  const { query } = parseOrderQuery(address.q, shop);
  const page = await listOrders(webProcess().db, shop, { ...address, query });
  return json({ ...page, address });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { orders, address, before, after } = useLoaderData<typeof loader>();
  return (
    <Page title="Orders">
      <div className="overflow-hidden rounded-card bg-surface shadow-card">
        <ListViewTabs address={address} />
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
