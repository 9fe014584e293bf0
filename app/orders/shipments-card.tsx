import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import { humanise } from "./describe-payment.ts";
import { describeShipment } from "./describe-shipment.ts";
import { Fact } from "./fact.tsx";
import type { OrderDetail } from "./orders.server.ts";
import { isStanding, type Shipment, shipmentWord } from "./shipments.ts";
import { safeTrackingUrl } from "./tracking-url.ts";

/**
 * The order's shipments, oldest first, and its own tracking where that is another than theirs: a merchant may have
 * changed it here. An order whose payload has not come since shipments are kept shows its times alone.
 */
export function ShipmentsCard({ order }: { order: OrderDetail }) {
  const { shipments, trackingCompany, trackingNumber, fulfillmentStatus, shippedAt, deliveredAt } = order;
  const isTold = shipments.some(
    (one) => one.trackingCompany === trackingCompany && one.trackingNumber === trackingNumber,
  );
  return (
    <Card title={shipments.length === 1 ? "Shipment" : "Shipments"}>
      <dl className="grid gap-2">
        <Fact label="Fulfilment at Shopify">
          {fulfillmentStatus ? humanise(fulfillmentStatus) : "Unfulfilled"}
        </Fact>
        {!isTold && (
          <>
            <Fact label="Tracking company">{trackingCompany}</Fact>
            <Fact label="Tracking number">{trackingNumber}</Fact>
          </>
        )}
        {shipments.length === 0 && (
          <>
            <Fact label="Shipped">{shippedAt && <Time at={shippedAt} />}</Fact>
            <Fact label="Delivered">{deliveredAt && <Time at={deliveredAt} />}</Fact>
          </>
        )}
      </dl>
      {shipments.length > 0 && (
        <ol aria-label="Shipments" className="mt-3 grid gap-3 border-t border-line pt-3">
          {shipments.map((shipment, index) => (
            <li key={shipment.shopifyFulfillmentId} className="grid gap-1">
              <ShipmentEntry
                shipment={shipment}
                place={shipments.length > 1 ? `${index + 1} of ${shipments.length}` : null}
              />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function ShipmentEntry({ shipment, place }: { shipment: Shipment; place: string | null }) {
  const { label, tone, pip } = describeShipment(shipmentWord(shipment) ?? "shipped");
  const { trackingCompany, trackingNumber, shippedAt } = shipment;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone} pip={pip}>
          {label}
        </Badge>
        {place && <span className="text-small text-ink-subtle">{place}</span>}
      </p>
      {(trackingCompany || trackingNumber) && (
        <p className="[overflow-wrap:anywhere]">
          {trackingCompany} {trackingNumber && <TrackingNumber {...shipment} />}
        </p>
      )}
      {shippedAt && (
        <p className="text-small text-ink-subtle">
          Left <Time at={shippedAt} />
        </p>
      )}
      {isStanding(shipment.status) && <Whereabouts shipment={shipment} label={label} />}
    </>
  );
}

/** A link where Shopify knows the carrier's page and the address is safe; checked once more where it is used. */
function TrackingNumber({ trackingNumber, trackingUrl }: Shipment) {
  const url = safeTrackingUrl(trackingUrl);
  if (url === null) return trackingNumber;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-block py-0.5 text-link underline"
    >
      {trackingNumber}
      <span className="sr-only">, the carrier's page in a new tab</span>
    </a>
  );
}

/** When it arrived, or since when it is where it is. Without an event the time is only when Shopify said so. */
function Whereabouts({ shipment, label }: { shipment: Shipment; label: string }) {
  const { deliveredAt, deliveredByEvent, lastEventSince } = shipment;
  const at = deliveredAt ?? lastEventSince;
  if (at === null) return null;
  const words = deliveredAt === null ? `${label} since` : deliveredByEvent ? "Arrived" : "Arrived by";
  return (
    <p className="text-small text-ink-subtle">
      {words} <Time at={at} />
    </p>
  );
}
