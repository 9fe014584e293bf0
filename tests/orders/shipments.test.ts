import { expect, test } from "vitest";
import { applyShipmentEvent, shipmentTimes, unheardShipment } from "../../app/orders/shipments.ts";
import { createRandom } from "../shopify-simulator/random.ts";

const words = ["confirmed", "in_transit", "out_for_delivery", "attempted_delivery", "delivered", "new_word"];
const at = (minute: number) => new Date(Date.UTC(2026, 10, 3, 8, minute)).toISOString();
const newShipment = () => ({ ...unheardShipment("1"), status: "success", shippedAt: at(0) });

test("whatever the order and the repeats, the first delivery and the latest word are the same", () => {
  const random = createRandom(15);
  for (let round = 0; round < 300; round += 1) {
    // Minutes repeat, so that some events share an instant.
    const events = Array.from({ length: random.integer(1, 8) }, () => ({
      status: random.pick(words),
      happenedAt: at(random.integer(0, 9)),
    }));
    const arrivals = events.flatMap(({ status, happenedAt }) => (status === "delivered" ? happenedAt : []));
    const inTime = events.toSorted((a, b) => (a.happenedAt < b.happenedAt ? -1 : 1));
    const expected = inTime.reduce(applyShipmentEvent, newShipment());
    const shuffled = [...events, random.pick(events)]
      .map((event) => ({ event, place: random.next() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ event }) => event);
    const { lastEventStatus, lastEventAt, deliveredAt } = shuffled.reduce(applyShipmentEvent, newShipment());
    expect({ lastEventStatus, lastEventAt, deliveredAt }).toEqual({
      lastEventStatus: expected.lastEventStatus,
      lastEventAt: inTime.at(-1)?.happenedAt,
      deliveredAt: arrivals.sort()[0] ?? null,
    });
  }
});

test("a word counts since its first scan, also when that is heard of last", () => {
  const scans = [at(5), at(3), at(4), at(1)].map((happenedAt) => ({ status: "in_transit", happenedAt }));
  const early = { status: "confirmed", happenedAt: at(0) };
  const moved = [...scans, early].reduce(applyShipmentEvent, newShipment());
  expect(moved).toMatchObject({ lastEventStatus: "in_transit", lastEventSince: at(1), lastEventAt: at(5) });
});

test("an event that says nothing new gives back the same shipment", () => {
  const once = applyShipmentEvent(newShipment(), { status: "delivered", happenedAt: at(5) });
  expect(applyShipmentEvent(once, { status: "delivered", happenedAt: at(5) })).toBe(once);
  expect(applyShipmentEvent(once, { status: "in_transit", happenedAt: at(2) })).toBe(once);
});

test("an order without a standing shipment has no times", () => {
  const arrived = { ...newShipment(), deliveredAt: at(5), deliveredByEvent: true };
  expect(shipmentTimes([arrived])).toEqual({ shippedAt: at(0), deliveredAt: at(5) });
  for (const status of ["cancelled", "error", "failure", null])
    expect(shipmentTimes([{ ...arrived, status }])).toEqual({ shippedAt: null, deliveredAt: null });
});
