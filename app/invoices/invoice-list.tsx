import type { ReactNode } from "react";
import { PlainTickedRows, TickedRows, tickedFormId } from "../exports/ticked-rows.tsx";
import { ListGrid } from "../list/list-grid.tsx";
import { type ListGridTerms, useListGrid } from "../list/use-list-grid.ts";
import type { Count } from "../search/read-page.server.ts";
import { DocumentButtons } from "./document-buttons.tsx";
import type { DocumentColumn } from "./document-columns.ts";
import type { DocumentSort } from "./document-search-table.ts";
import { invoiceListKind } from "./invoice-list-kind.tsx";
import type { ListedDocument } from "./list-documents.server.ts";
import { NoInvoices } from "./no-invoices.tsx";

interface InvoiceListProps extends Omit<ListGridTerms<ListedDocument, DocumentSort, DocumentColumn>, "kind"> {
  count: Count;
  /** What stands above the rows while none is ticked. */
  toolbar: ReactNode;
}

const words = ["document", "documents"] as const;

/** Invoices and credit notes as a grid: opened by their rows, ticked for a file of them. */
export function InvoiceList({ count, toolbar, ...terms }: InvoiceListProps) {
  const { address, columns } = terms;
  const grid = useListGrid({ kind: invoiceListKind, ...terms });
  const shown = { screen: "invoices" as const, sort: `${address.sort}-${address.direction}`, columns };
  return (
    <>
      <noscript>
        <PlainTickedRows q={address.q} shown={shown} words={words}>
          <DocumentButtons />
        </PlainTickedRows>
      </noscript>
      <ListGrid
        grid={grid}
        count={count}
        toolbar={toolbar}
        empty={<NoInvoices address={address} />}
        selection={{
          formId: tickedFormId("invoices"),
          bar: (selection, { clear, selectAll }) => (
            <TickedRows
              {...{ selection, shown, count, words }}
              q={address.q}
              onClear={clear}
              onSelectAll={selectAll}
            >
              <DocumentButtons />
            </TickedRows>
          ),
        }}
      />
    </>
  );
}
