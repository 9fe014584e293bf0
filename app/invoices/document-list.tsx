import { formatDay } from "../dashboard/calendar-days.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Money } from "../ui/money.tsx";
import { documentOfOrder } from "./document-address.ts";
import { DocumentBadge } from "./document-badge.tsx";
import { kindLabels } from "./document-row.ts";
import type { DocumentListItem } from "./documents.server.ts";

interface DocumentListProps {
  documents: DocumentListItem[];
  /** They are looked at from their order, and lead back to it. */
  ofOrder: boolean;
}

/** Documents one below the other: number, state, day and amount. */
export function DocumentList({ documents, ofOrder }: DocumentListProps) {
  return (
    <ul>
      {documents.map(({ id, kind, number, state, issuedOn, grossMinor, currency }) => (
        <li key={id} className="flex justify-between gap-3 border-line py-2 not-first:border-t">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <AppLink
                to={ofOrder ? documentOfOrder(id) : `/app/invoices/${id}`}
                className="font-medium text-link underline"
              >
                {number}
              </AppLink>
              <DocumentBadge state={state} />
            </p>
            <p className="text-small text-ink-subtle">
              {kindLabels[kind]}, {formatDay(issuedOn)}
            </p>
          </div>
          <p className="whitespace-nowrap tabular-nums">
            <Money minor={kind === "credit_note" ? -BigInt(grossMinor) : grossMinor} currency={currency} />
          </p>
        </li>
      ))}
    </ul>
  );
}
