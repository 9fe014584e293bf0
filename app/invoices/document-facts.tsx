import type { ReactNode } from "react";
import { formatDay } from "../dashboard/calendar-days.ts";
import type { DocumentContent } from "../documents/document.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { Money } from "../ui/money.tsx";
import { kindLabels } from "./document-row.ts";
import type { DocumentDetail } from "./documents.server.ts";
import { formatRate } from "./format-rate.ts";
import { languageNames } from "./settings-labels.ts";

/** Number, dates, order and buyer of a document. */
export function DocumentFacts({ document }: { document: DocumentDetail }) {
  const { content, orderName, orderDeleted, orderId } = document;
  const { buyer } = content;
  return (
    <Card title="Facts">
      <dl className="grid gap-2">
        <Fact label="Number">
          {document.number} ({kindLabels[document.kind].toLowerCase()})
        </Fact>
        <Fact label="Issued">
          {formatDay(document.issuedOn)} by {document.actorName}
        </Fact>
        {content.deliveredOn && <Fact label="Delivered">{formatDay(content.deliveredOn)}</Fact>}
        {document.dueOn && <Fact label="Due">{formatDay(document.dueOn)}</Fact>}
        <Fact label="Order">
          {orderDeleted ? (
            `${orderName}, deleted at Shopify`
          ) : (
            <AppLink to={`/app/orders/${orderId}`} className="text-link underline">
              {orderName}
            </AppLink>
          )}
        </Fact>
        {content.reason && <Fact label="Because">{content.reason}</Fact>}
        <Fact label="Buyer">
          {[buyer.company, buyer.name, buyer.vatId].filter(Boolean).join(", ") || "Not known"}
        </Fact>
        <Fact label="Language">{languageNames[content.language]}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-subtle">{label}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** What a document comes to: net, each rate of tax, total, and the shop's own money where it is another. */
export function DocumentTotalsCard({ content }: { content: DocumentContent }) {
  return (
    <Card title="Amounts">
      <DocumentAmounts content={content} />
    </Card>
  );
}

export function DocumentAmounts({ content }: { content: DocumentContent }) {
  const { totals, taxes, currency, shopCurrency, shopTotals } = content;
  return (
    <dl className="grid gap-1.5">
      <Row label="Net">
        <Money minor={totals.netMinor} currency={currency} />
      </Row>
      {taxes.map(({ key, title, rate, reason, baseMinor, taxMinor }) => (
        <Row
          key={key}
          label={`${title} ${formatRate(rate)}`}
          detail={
            <>
              on <Money minor={baseMinor} currency={currency} />
              {reason && `, ${reason}`}
            </>
          }
        >
          <Money minor={taxMinor} currency={currency} />
        </Row>
      ))}
      <Row label="Total" strong>
        <Money minor={totals.grossMinor} currency={currency} />
      </Row>
      {shopCurrency !== currency && (
        <Row label="In the shop's books" detail={`tax ${shopCurrency}`}>
          <Money minor={shopTotals.taxMinor} currency={shopCurrency} />
        </Row>
      )}
    </dl>
  );
}

interface RowProps {
  label: string;
  detail?: ReactNode;
  strong?: boolean;
  children: ReactNode;
}

function Row({ label, detail, strong = false, children }: RowProps) {
  return (
    <div
      className={`flex justify-between gap-4 ${strong ? "border-t border-line pt-1.5 font-semibold" : ""}`}
    >
      <dt className="min-w-0">
        {label}
        {detail && <span className="block text-small text-ink-subtle">{detail}</span>}
      </dt>
      <dd className="whitespace-nowrap tabular-nums">{children}</dd>
    </div>
  );
}
