import { Card } from "../ui/card.tsx";
import { Fact } from "./fact.tsx";
import type { OrderDetail } from "./orders.server.ts";
import { ShipmentsCard } from "./shipments-card.tsx";
import { TagsCard } from "./tags-card.tsx";

/** What else there is to an order: notes, shipments, tags, where it came from. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const { note, tags, sourceName } = order;
  return (
    <>
      <Card title="Notes">
        {note ? (
          <p className="[overflow-wrap:anywhere] whitespace-pre-line">{note}</p>
        ) : (
          <p className="text-ink-subtle">No notes.</p>
        )}
      </Card>
      <ShipmentsCard order={order} />
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
