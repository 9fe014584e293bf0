import type { ListColumn, ListKind } from "../list/list-kind.ts";
import { Badge } from "../ui/badge.tsx";
import { DocumentCard } from "./document-card.tsx";
import { DocumentCell } from "./document-cells.tsx";
import { type DocumentColumn, documentColumns } from "./document-columns.ts";
import { type DocumentSort, documentSearchTable } from "./document-search-table.ts";
import { listSearch } from "./list-address.ts";
import type { ListedDocument } from "./list-documents.server.ts";

type Layout = Pick<ListColumn<ListedDocument, DocumentSort>, "rem" | "sort" | "end">;

const column = (name: DocumentColumn, layout: Layout): ListColumn<ListedDocument, DocumentSort> => ({
  head: documentColumns[name],
  ...layout,
  cell: (document) => <DocumentCell document={document} column={name} />,
});

/** The list of invoices and credit notes, as the grid shows it. */
export const invoiceListKind: ListKind<ListedDocument, DocumentSort, DocumentColumn> = {
  words: { title: "Invoices", one: "document", many: "documents" },
  path: "/app/invoices",
  sorts: documentSearchTable.sorts,
  ages: ["issued"],
  listSearch,
  heard: (event) => (event.type === "DOCUMENT_CHANGED" ? [event.documentId] : []),
  name: {
    head: "Number",
    // A number of twelve characters with its badge.
    rem: 15,
    sort: "number",
    text: ({ number }) => number,
    badges: ({ kind }) => kind === "credit_note" && <Badge>Credit note</Badge>,
  },
  columns: {
    buyer: column("buyer", { rem: 9, sort: "buyer" }),
    order: column("order", { rem: 5 }),
    issued: column("issued", { rem: 7, sort: "issued" }),
    due: column("due", { rem: 7, sort: "due" }),
    status: column("status", { rem: 7 }),
    total: column("total", { rem: 7, sort: "total", end: true }),
    open: column("open", { rem: 7, end: true }),
    email: column("email", { rem: 13 }),
    reason: column("reason", { rem: 14 }),
  },
  card: { rem: 5.75, cell: (document) => <DocumentCard document={document} /> },
};
