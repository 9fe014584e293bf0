import { ColumnsMenu } from "../search/columns-menu.tsx";
import { formatCount } from "../search/format-count.ts";
import { JumpToDate } from "../search/jump-to-date.tsx";
import { Money } from "../ui/money.tsx";
import { type DocumentColumn, documentColumns } from "./document-columns.ts";
import { type DocumentAddress, firstPage, listSearch } from "./list-address.ts";
import type { DocumentTotals } from "./total-documents.server.ts";

interface InvoiceListToolbarProps extends DocumentTotals {
  address: DocumentAddress;
  columns: readonly DocumentColumn[];
}

/** How many documents the list has, what they come to, and how it is looked at. */
export function InvoiceListToolbar({ address, count, sum, columns }: InvoiceListToolbarProps) {
  const byDate = address.sort === "issued" ? address : { ...address, ...newestFirst };
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex min-w-0 grow basis-64 flex-wrap gap-x-2 font-medium tabular-nums">
        <span>{formatCount(count, "document", "documents")}</span>
        {sum?.map(({ currency, totalMinor, openMinor }) => (
          <span key={currency} className="font-normal text-ink-subtle">
            <Money minor={totalMinor} currency={currency} />
            {openMinor !== "0" && (
              <>
                {", "}
                <Money minor={openMinor} currency={currency} /> to pay
              </>
            )}
          </span>
        ))}
      </p>
      <JumpToDate
        action="/app/invoices"
        search={listSearch({ ...byDate, at: null, after: null, before: null })}
        at={address.at}
      />
      <ColumnsMenu
        action="/app/invoices"
        search={listSearch({ ...address, columns: null })}
        names={documentColumns}
        columns={columns}
        first="The document's number"
      />
    </div>
  );
}

const newestFirst = { sort: firstPage.sort, direction: firstPage.direction };
