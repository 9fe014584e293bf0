import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { usualColumns } from "../customers/customer-columns.ts";
import { customerListKind } from "../customers/customer-list-kind.tsx";
import { customerListScreen } from "../customers/customer-list-screen.ts";
import { CustomerListToolbar } from "../customers/customer-list-toolbar.tsx";
import { useKeptAddress } from "../customers/last-list.ts";
import { keepListSearch, listKey, listSearch, parseListAddress } from "../customers/list-address.ts";
import { countListedCustomers, listCustomers } from "../customers/list-customers.server.ts";
import { NoCustomers } from "../customers/no-customers.tsx";
import { parseCustomerQuery } from "../customers/parse-customer-query.ts";
import { ExportMenu } from "../exports/export-menu.tsx";
import { TickedGrid } from "../exports/ticked-grid.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { totalListedOrders } from "../orders/total-orders.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { ListSearch } from "../views/list-search.tsx";
import { openDefaultView } from "../views/open-default-view.ts";
import { listSavedViews } from "../views/saved-views.server.ts";
import { ViewTabs } from "../views/view-tabs.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Customers · Atomic Orders" }];

/** The customers who have an account. Guests have orders only, and the list says where those are. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const { db } = webProcess();
  const url = new URL(request.url);
  const views = await listSavedViews(db, shop.id, actor, "customers");
  const elsewhere = openDefaultView(customerListScreen, views, url);
  if (elsewhere) throw redirect(elsewhere);
  const address = parseListAddress(url.searchParams);
  const { query, errors } = parseCustomerQuery(address.q, shop.timeZone);
  const [{ customers, ...edges }, count, guests] = await Promise.all([
    listCustomers(db, shop, { ...address, query }),
    countListedCustomers(db, shop, query),
    totalListedOrders(db, shop, parseOrderQuery("is:guest", shop.timeZone).query),
  ]);
  const page = { rows: customers, ...edges };
  const found = { page, count, guestOrders: guests.count };
  return json({ ...views, ...found, address, query, errors, today: todayIn(shop.timeZone) });
}

export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function CustomersPage() {
  const { page, count, guestOrders, address, query, errors, today, ...views } =
    useLoaderData<typeof loader>();
  useKeptAddress(listSearch(address));
  const columns = address.columns ?? usualColumns;
  return (
    <Page
      title="Customers"
      fill
      actions={<ExportMenu screen="customers" address={address} columns={columns} />}
    >
      <ListSearch
        screen={customerListScreen}
        example="anna or spent:>=100"
        {...{ address, query, errors, today }}
      />
      <div className="isolate flex min-h-0 flex-1 flex-col rounded-card bg-surface shadow-card">
        <ViewTabs screen={customerListScreen} {...views} address={address} />
        <TickedGrid
          key={listKey(address)}
          kind={customerListKind}
          screen="customers"
          listKey={listKey(address)}
          address={address}
          page={page}
          count={count}
          columns={columns}
          listQuery={listSearch(address)}
          toolbar={
            <CustomerListToolbar
              address={address}
              count={count}
              guestOrders={guestOrders}
              columns={columns}
            />
          }
          empty={<NoCustomers address={address} />}
        />
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
