import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { Time } from "../ui/time.tsx";
import type { PrivacyRequest } from "./list-privacy-requests.server.ts";

const cell = "px-2 py-2 align-top first:pl-4 last:pr-4";

const topicLabels: Record<PrivacyRequest["topic"], string> = {
  "customers/data_request": "Asks for their data",
  "customers/redact": "Asks to be erased",
  "shop/redact": "Erase the whole shop",
};

/** The requests that privacy law lets customers make, and our answers. */
export function PrivacyRequests({ requests }: { requests: PrivacyRequest[] }) {
  return (
    <Card title="Requests" flush>
      {requests.length === 0 ? (
        <EmptyState title="No requests yet">
          <p>
            When a customer asks for their data or to be erased, Shopify passes it on and it is listed here.
            Erasures are carried out by themselves.
          </p>
        </EmptyState>
      ) : (
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">Privacy requests, newest first</caption>
          <thead className="border-y border-line bg-surface-subtle text-small text-ink-subtle">
            <tr>
              <th scope="col" className={`${cell} py-1.5! font-medium`}>
                Request
              </th>
              <th scope="col" className={`${cell} py-1.5! font-medium`}>
                What was done
              </th>
            </tr>
          </thead>
          <tbody>
            {requests.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const { topic, receivedAt, completedAt, shopifyCustomerId } = request;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${cell} font-normal`}>
        <span className="block font-medium">{topicLabels[topic]}</span>
        {shopifyCustomerId && (
          <span className="block text-small [overflow-wrap:anywhere] text-ink-subtle">
            Customer {shopifyCustomerId}
          </span>
        )}
        <span className="block text-small text-ink-subtle">
          <Time at={receivedAt} />
        </span>
      </th>
      <td className={cell}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {completedAt ? (
            <Badge tone="success" pip="full">
              Done
            </Badge>
          ) : (
            <Badge tone="warning" pip="empty">
              {topic === "customers/data_request" ? "Waits for you" : "Under way"}
            </Badge>
          )}
          {completedAt && <Time at={completedAt} />}
        </span>
        <span className="block text-small text-ink-subtle">{describeOutcome(request)}</span>
        {topic === "customers/data_request" && (
          // A download is a document of its own, so it goes past the router and App Bridge: the hidden session signs it.
          <form method="post" action="/app/privacy/data" className="mt-2">
            <PageSessionInput />
            <input type="hidden" name="requestId" value={request.id} />
            <Button type="submit">
              Download data
              {shopifyCustomerId && <span className="sr-only"> of customer {shopifyCustomerId}</span>}
            </Button>
          </form>
        )}
      </td>
    </tr>
  );
}

function describeOutcome({ topic, completedAt, outcome }: PrivacyRequest): string {
  if (topic === "customers/data_request") {
    return completedAt
      ? "The data was downloaded here."
      : "Download what is stored and hand it to the customer within 30 days.";
  }
  if (!completedAt) return "The erasure runs by itself.";
  const { documentsKept = 0, ...erased } = outcome;
  const counts = Object.entries(erased).filter(([, rows]) => rows > 0);
  if (counts.length === 0 && documentsKept === 0) return "Nothing was stored about them.";
  const said = counts.map(([what, rows]) => `${rows} ${rows === 1 ? (singular[what] ?? what) : what}`);
  return [said.length > 0 && `Erased: ${said.join(", ")}.`, describeKept(documentsKept)]
    .filter(Boolean)
    .join(" ");
}

function describeKept(documents: number): string | null {
  if (documents === 0) return null;
  return documents === 1
    ? "1 invoice or credit note was kept because the law requires it."
    : `${documents} invoices and credit notes were kept because the law requires it.`;
}

const singular: Record<string, string> = { customers: "customer", orders: "order", deliveries: "delivery" };
