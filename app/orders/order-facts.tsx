import type { ReactNode } from "react";
import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import { humanise } from "./describe-payment.ts";
import type { OrderDetail } from "./orders.server.ts";
import { TagsCard } from "./tags-card.tsx";

/** What else there is to an order: notes, tracking, tags, where it came from. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const {
    note,
    trackingCompany,
    trackingNumber,
    tags,
    fulfillmentStatus,
    sourceName,
    shippedAt,
    deliveredAt,
  } = order;
  return (
    <>
      <Card title="Notes">
        {note ? (
          <p className="[overflow-wrap:anywhere] whitespace-pre-line">{note}</p>
        ) : (
          <p className="text-ink-subtle">No notes.</p>
        )}
      </Card>
      <Card title="Shipment">
        <dl className="grid gap-2">
          <Fact label="Tracking company">{trackingCompany}</Fact>
          <Fact label="Tracking number">{trackingNumber}</Fact>
          <Fact label="Fulfilment at Shopify">
            {fulfillmentStatus ? humanise(fulfillmentStatus) : "Unfulfilled"}
          </Fact>
          <Fact label="Shipped">{shippedAt && <Time at={shippedAt} />}</Fact>
          <Fact label="Delivered">{deliveredAt && <Time at={deliveredAt} />}</Fact>
        </dl>
      </Card>
      <TagsCard tags={tags} />
      <Card title="Origin">
        <dl className="grid gap-2">
          <Fact label="Sales channel">{sourceName && (channels[sourceName] ?? sourceName)}</Fact>
          <Fact label="Shopify's order id">{order.shopifyOrderId}</Fact>
        </dl>
      </Card>
    </>
  );
}

/** The channels that Shopify names in words of its own (REST Order: `source_name`). */
const channels: Record<string, string> = {
  web: "Online store",
  pos: "Point of sale",
  shopify_draft_order: "Draft order",
  iphone: "Shopify app (iPhone)",
  android: "Shopify app (Android)",
};

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-subtle">{label}</dt>
      <dd className="[overflow-wrap:anywhere]">
        {children || <span className="text-ink-subtle">None</span>}
      </dd>
    </div>
  );
}
