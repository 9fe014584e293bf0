import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { type DocumentAddress, listSearch } from "./list-address.ts";

/** Why the list is empty, and how it fills. */
export function NoInvoices({ address }: { address: DocumentAddress }) {
  const { q, after, before, at } = address;
  if (after || before || at) {
    return (
      <EmptyState title="No more documents here">
        <p>The list ends before this page.</p>
        <p>
          <ButtonLink to={`/app/invoices${listSearch({ view: "all", q })}`}>Back to the newest</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  if (q) {
    return (
      <EmptyState title="No document matches">
        <p>Invoices and credit notes that match appear here by themselves.</p>
        <p>
          <ButtonLink to={`/app/invoices${listSearch({ view: "all" })}`}>Show all documents</ButtonLink>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No invoices yet">
      <p>
        Invoices appear here when they are issued: by themselves if the settings say so, or by hand from an
        order's page.
      </p>
      <p>
        <ButtonLink to="/app/settings/invoices">Invoice settings</ButtonLink>
      </p>
    </EmptyState>
  );
}
