import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ExportMenu } from "../exports/export-menu.tsx";
import { TickedGrid } from "../exports/ticked-grid.tsx";
import { DocumentButtons } from "../invoices/document-buttons.tsx";
import { usualColumns } from "../invoices/document-columns.ts";
import { HeldBanner } from "../invoices/held-banner.tsx";
import { listHeldOrders } from "../invoices/held-orders.server.ts";
import { invoiceListKind } from "../invoices/invoice-list-kind.tsx";
import { invoiceListScreen } from "../invoices/invoice-list-screen.ts";
import { InvoiceListToolbar } from "../invoices/invoice-list-toolbar.tsx";
import { keepListSearch, listKey, listSearch, parseListAddress } from "../invoices/list-address.ts";
import { listDocuments } from "../invoices/list-documents.server.ts";
import { loadDocumentFieldValues } from "../invoices/load-field-values.ts";
import { NoInvoices } from "../invoices/no-invoices.tsx";
import { parseDocumentQuery } from "../invoices/parse-document-query.ts";
import { totalDocuments } from "../invoices/total-documents.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
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

export const meta: MetaFunction = () => [{ title: "Invoices · Atomic Orders" }];

/** Orders that wait for a person, as many as the banner has room for above the list. */
const shownHolds = 1;

/** Every issued document, and what waits for a person before it is. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const { db } = webProcess();
  const url = new URL(request.url);
  const views = await listSavedViews(db, shop.id, actor, "invoices");
  const elsewhere = openDefaultView(invoiceListScreen, views, url);
  if (elsewhere) throw redirect(elsewhere);
  const address = parseListAddress(url.searchParams);
  const { query, errors } = parseDocumentQuery(address.q, shop.timeZone);
  const [{ documents, ...edges }, totals, waiting] = await Promise.all([
    listDocuments(db, shop, { ...address, query }),
    totalDocuments(db, shop, query),
    listHeldOrders(db, shop.id, shownHolds),
  ]);
  const page = { rows: documents, ...edges };
  return json({ ...views, page, totals, waiting, address, query, errors, today: todayIn(shop.timeZone) });
}

export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function InvoicesPage() {
  const { page, totals, waiting, address, query, errors, today, ...views } = useLoaderData<typeof loader>();
  const columns = address.columns ?? usualColumns;
  return (
    <Page
      title="Invoices"
      fill
      actions={
        <>
          <ButtonLink to="/app/invoices/accounting">For the accountant</ButtonLink>
          <ButtonLink to="/app/invoices/audit" variant="plain">
            Number audit
          </ButtonLink>
          <ExportMenu screen="invoices" address={address} columns={columns} />
        </>
      }
    >
      <HeldBanner {...waiting} />
      <ListSearch
        screen={invoiceListScreen}
        example="anna or due:<today"
        loadValues={loadDocumentFieldValues}
        {...{ address, query, errors, today }}
      />
      <div className="isolate flex min-h-0 flex-1 flex-col rounded-card bg-surface shadow-card">
        <ViewTabs screen={invoiceListScreen} {...views} address={address} />
        <TickedGrid
          key={listKey(address)}
          kind={invoiceListKind}
          screen="invoices"
          listKey={listKey(address)}
          address={address}
          page={page}
          count={totals.count}
          columns={columns}
          listQuery={listSearch(address)}
          toolbar={<InvoiceListToolbar address={address} {...totals} columns={columns} />}
          empty={<NoInvoices address={address} />}
          buttons={<DocumentButtons />}
        />
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
