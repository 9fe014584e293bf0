import type { ReactNode } from "react";
import { formatDay } from "../dashboard/calendar-days.ts";
import { None, Text } from "../list/cells.tsx";
import { Money } from "../ui/money.tsx";
import { DocumentBadge } from "./document-badge.tsx";
import type { DocumentColumn } from "./document-columns.ts";
import type { ListedDocument } from "./list-documents.server.ts";

/** What stands in a cell of one line. */
export function DocumentCell({
  document,
  column,
}: {
  document: ListedDocument;
  column: DocumentColumn;
}): ReactNode {
  switch (column) {
    case "buyer":
      return <Text>{buyerLabel(document)}</Text>;
    case "order":
      return <Text>{document.orderName}</Text>;
    case "issued":
      return <Day day={document.issuedOn} />;
    case "due":
      return <Day day={document.dueOn} />;
    case "status":
      return <DocumentBadge state={document.state} />;
    case "total":
      return <DocumentTotal document={document} />;
    case "open":
      return document.openMinor === "0" ? (
        <None />
      ) : (
        <Money minor={document.openMinor} currency={document.currency} />
      );
    case "email":
      return <Text>{document.buyerEmail}</Text>;
    case "reason":
      return <Text>{document.reason}</Text>;
  }
}

/** Whom a row names: the company or person, else their e-mail address. */
export const buyerLabel = ({ buyerName, buyerEmail }: ListedDocument): string =>
  buyerName?.trim() || buyerEmail?.trim() || "Guest";

/** A credit note's amount is what is taken back. */
export const DocumentTotal = ({ document: { kind, grossMinor, currency } }: { document: ListedDocument }) => (
  <Money minor={kind === "credit_note" ? String(-BigInt(grossMinor)) : grossMinor} currency={currency} />
);

const Day = ({ day }: { day: string | null }) =>
  day === null ? (
    <None />
  ) : (
    <time dateTime={day} className="block truncate text-ink-subtle tabular-nums">
      {formatDay(day)}
    </time>
  );
