import { formatDay } from "../dashboard/calendar-days.ts";
import { DocumentBadge } from "./document-badge.tsx";
import { buyerLabel, DocumentTotal } from "./document-cells.tsx";
import type { ListedDocument } from "./list-documents.server.ts";

/** What a row says where there is no room for columns: below the document's number. */
export function DocumentCard({ document }: { document: ListedDocument }) {
  const { orderName, issuedOn, dueOn, state } = document;
  return (
    <>
      <div className="flex gap-3">
        <span className="min-w-0 flex-1 truncate">{buyerLabel(document)}</span>
        <DocumentTotal document={document} />
      </div>
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 flex-1 truncate text-small text-ink-subtle">
          {orderName} · {formatDay(issuedOn)}
          {dueOn && `, due ${formatDay(dueOn)}`}
        </span>
        <DocumentBadge state={state} />
      </div>
    </>
  );
}
