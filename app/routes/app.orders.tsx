import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { ChangeAllButton } from "../bulk/bulk-form.tsx";
import { kindButtons } from "../bulk/bulk-kind.ts";
import { orderSelectionBar } from "../bulk/order-selection-bar.tsx";
import { bulkKinds } from "../bulk-kinds.server.ts";
import { ExportMenu } from "../exports/export-menu.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { keepListSearch, listKey, parseListAddress } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { ListToolbar } from "../orders/list-toolbar.tsx";
import { loadOrderFieldValues } from "../orders/load-field-values.ts";
import { usualColumns } from "../orders/order-columns.ts";
import { orderListScreen } from "../orders/order-list-screen.ts";
import { OrderTable } from "../orders/order-table.tsx";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { totalListedOrders } from "../orders/total-orders.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { ListSearch } from "../views/list-search.tsx";
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
  const { query, errors } = parseOrderQuery(address.q, shop.timeZone);
  const [{ orders, ...edges }, totals] = await Promise.all([
    listOrders(db, shop, { ...address, query }),
    totalListedOrders(db, shop, query),
  ]);
  const page = { rows: orders, ...edges };
  const buttons = kindButtons(bulkKinds);
  return json({ ...views, page, ...totals, address, query, errors, today: todayIn(shop.timeZone), buttons });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { page, count, sum, address, query, errors, today, views, defaultView, buttons } =
    useLoaderData<typeof loader>();
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
          <ExportMenu screen="orders" address={address} columns={columns} />
          <ChangeAllButton q={address.q} />
        </>
      }
    >
      <ListSearch
        screen={orderListScreen}
        loadValues={loadOrderFieldValues}
        {...{ address, query, errors, today }}
      />
      <div className="isolate flex min-h-0 flex-1 flex-col rounded-card bg-surface shadow-card">
        <ViewTabs screen={orderListScreen} views={views} defaultView={defaultView} address={address} />
        <OrderTable
          key={listKey(address)}
          listKey={listKey(address)}
          address={address}
          page={page}
          count={count}
          columns={columns}
          listQuery={keepListSearch(search)}
          toolbar={<ListToolbar address={address} count={count} sum={sum} columns={columns} />}
          selectionBar={orderSelectionBar(address, columns, count, buttons)}
        />
      </div>
      <Outlet />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
