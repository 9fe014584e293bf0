import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { ChangeAllButton } from "../orders/bulk-form.tsx";
import { ExportMenu } from "../orders/export-menu.tsx";
import { keepListSearch, listKey, parseListAddress } from "../orders/list-address.ts";
import { countListedOrders, listOrders } from "../orders/list-orders.server.ts";
import { ListToolbar } from "../orders/list-toolbar.tsx";
import { ListViewTabs } from "../orders/list-view-tabs.tsx";
import { usualColumns } from "../orders/order-columns.ts";
import { OrderSearch } from "../orders/order-search.tsx";
import { OrderTable } from "../orders/order-table.tsx";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { sumListedOrders } from "../orders/sum-orders.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Orders · Atomic Orders" }];

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const address = parseListAddress(new URL(request.url).searchParams);
  const { query, errors } = parseOrderQuery(address.q, shop.timeZone);
  const { db } = webProcess();
  const [page, count, sum] = await Promise.all([
    listOrders(db, shop, { ...address, query }),
    countListedOrders(db, shop, query),
    sumListedOrders(db, shop, query),
  ]);
  return json({ page, count, sum, address, query, errors, today: todayIn(shop.timeZone) });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { page, count, sum, address, query, errors, today } = useLoaderData<typeof loader>();
  const { search } = useLocation();
  const columns = address.columns ?? usualColumns;
  return (
    <Page
      title="Orders"
      fill
      actions={
        <>
          <ButtonLink to="/app/bulk" variant="plain">
            Bulk actions
          </ButtonLink>
          <ButtonLink to="/app/bulk/tracking" variant="plain">
            Paste tracking numbers
          </ButtonLink>
          <ExportMenu address={address} columns={columns} />
          <ChangeAllButton q={address.q} />
        </>
      }
    >
      <OrderSearch address={address} query={query} errors={errors} today={today} />
      <div className="isolate flex min-h-0 flex-1 flex-col rounded-card bg-surface shadow-card">
        <ListViewTabs address={address} />
        <OrderTable
          key={listKey(address)}
          listKey={listKey(address)}
          address={address}
          page={page}
          count={count}
          columns={columns}
          listQuery={keepListSearch(search)}
          toolbar={<ListToolbar address={address} count={count} sum={sum} columns={columns} />}
        />
      </div>
      <Outlet />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
