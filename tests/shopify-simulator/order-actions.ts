import type { Faults } from "./knobs.ts";
import type { ActionInput, OrderAction } from "./order-action-schemas.ts";
import type { OrderRequest } from "./orders/build-order-payload.ts";
import { buildOrderPayload } from "./orders/build-order-payload.ts";
import { cancelOrder, changeNote, changeTags, markPaid, redactCustomer } from "./orders/change-order.ts";
import { editOrder } from "./orders/edit-order.ts";
import { drawTracking, fulfilOrder, trackOrder } from "./orders/fulfil-order.ts";
import { deliverOrder, type MovedShipment, moveShipment } from "./orders/fulfillment-events.ts";
import type { ChangeSource } from "./orders/order-change.ts";
import type { OrderPayload } from "./orders/order-payload.ts";
import { refundOrder } from "./orders/refund-order.ts";
import { keepFulfillmentEvents, type SimulatedShop } from "./simulated-shop.ts";
import type { OutgoingWebhook, Simulator } from "./simulator.ts";
import { compliancePayload } from "./webhooks/compliance-payload.ts";

/** How an action is told to the app: `silent` changes the order and sends nothing. */
export interface ActionDelivery {
  silent?: boolean;
  faults?: Partial<Faults>;
}

interface ActionResult {
  order: OrderPayload | null;
  webhooks: OutgoingWebhook[];
}

const full = (order: OrderPayload, ...topics: string[]): ActionResult => ({
  order,
  webhooks: topics.map((topic) => ({ topic, payload: order })),
});

/** Each event of a shipment, then the order that says where it is. */
const moved = ({ order, events }: MovedShipment, shop: SimulatedShop): ActionResult => {
  keepFulfillmentEvents(shop, events);
  const told = events.map((payload) => ({ topic: "fulfillment_events/create", payload }));
  return { order, webhooks: [...told, { topic: "orders/updated", payload: order }] };
};

/** `orders/updated` comes in addition to every specific topic. */
type Run<Name extends OrderAction> = (
  order: OrderPayload,
  source: ChangeSource,
  input: ActionInput<Name>,
  shop: SimulatedShop,
) => ActionResult;

const actions: { [Name in OrderAction]: Run<Name> } = {
  edit(order, source, input) {
    const { order: next, delta } = editOrder(
      order,
      source,
      input.add || input.quantities ? input : undefined,
    );
    const none = { additions: [], removals: [] };
    const order_edit = {
      id: source.ids.next(),
      app_id: null,
      created_at: next.updated_at,
      committed_at: next.updated_at,
      notify_customer: false,
      order_id: next.id,
      staff_note: "",
      user_id: 1001n,
      line_items: delta,
      discounts: { line_item: none },
      shipping_lines: none,
    };
    return {
      order: next,
      webhooks: [
        { topic: "orders/edited", payload: { order_edit } },
        { topic: "orders/updated", payload: next },
      ],
    };
  },
  note: (order, source, input) => full(changeNote(order, source, input.note), "orders/updated"),
  tags: (order, source, input) => full(changeTags(order, source, input.tags), "orders/updated"),
  fulfil(order, source, input) {
    const tracking = input.company === undefined && input.number === undefined ? drawTracking(source) : {};
    const next = fulfilOrder(order, source, { ...tracking, ...input });
    const topic = next.fulfillment_status === "fulfilled" ? "orders/fulfilled" : "orders/partially_fulfilled";
    return full(next, topic, "orders/updated");
  },
  track(order, source, { shipmentStatus, ...input }, shop) {
    const given = input.company ?? input.number ?? input.url ?? shipmentStatus;
    const tracked = trackOrder(
      order,
      source,
      given === undefined ? { ...drawTracking(source), ...input } : input,
    );
    if (shipmentStatus === undefined) return full(tracked, "orders/updated");
    const from = { ...source, shopId: shop.id };
    return moved(moveShipment(tracked, from, [{ status: shipmentStatus }], input.fulfillmentId), shop);
  },
  deliver: (order, source, input, shop) =>
    moved(deliverOrder(order, { ...source, shopId: shop.id }, input), shop),
  refund(order, source, input) {
    const { order: next, refund } = refundOrder(order, source, input);
    return {
      order: next,
      webhooks: [
        { topic: "refunds/create", payload: refund },
        { topic: "orders/updated", payload: next },
      ],
    };
  },
  paid: (order, source) => full(markPaid(order, source), "orders/paid", "orders/updated"),
  cancel(order, source, input) {
    const { order: next, refund } = cancelOrder(order, source, input);
    const result = full(next, "orders/cancelled", "orders/updated");
    if (refund) result.webhooks.unshift({ topic: "refunds/create", payload: refund });
    return result;
  },
  touch: (order) => full(order, "orders/updated"),
  delete: (order) => ({ order: null, webhooks: [{ topic: "orders/delete", payload: { id: order.id } }] }),
  redact(order, source, _input, shop) {
    const redact = { topic: "customers/redact", payload: compliancePayload("customers/redact", shop, order) };
    const next = redactCustomer(order, source);
    return { order: next, webhooks: [redact, { topic: "orders/updated", payload: next }] };
  },
};

const changeSource = (simulator: Simulator, shop: SimulatedShop): ChangeSource => ({
  at: new Date(),
  timeZone: shop.timeZone,
  random: simulator.random,
  ids: simulator.ids,
});

/** Changes an order and sends what the platform would send. The changed order, or null once it is deleted. */
export function performOrderAction<Name extends OrderAction>(
  simulator: Simulator,
  shop: SimulatedShop,
  order: OrderPayload,
  action: Name,
  input: ActionInput<Name>,
  { silent = false, faults }: ActionDelivery = {},
): OrderPayload | null {
  const run: Run<Name> = actions[action];
  const result = run(order, changeSource(simulator, shop), input, shop);
  if (result.order) shop.orders.set(String(order.id), result.order);
  else shop.orders.delete(String(order.id));
  if (!silent) simulator.send(shop, result.webhooks, { orderId: order.id, faults });
  simulator.saveSoon();
  return result.order;
}

/** A new order with its webhooks: create, paid if it is, and now and then an update within the same second. */
export function createShopOrder(
  simulator: Simulator,
  shop: SimulatedShop,
  request: OrderRequest = {},
  { silent = false, faults }: ActionDelivery = {},
): OrderPayload {
  const { random, ids } = simulator;
  let id = request.id ?? ids.next();
  while (shop.orders.has(String(id)) && request.id === undefined) id = ids.next();
  const source = { shop, number: shop.nextNumber, random, ids, now: new Date() };
  const order = buildOrderPayload(source, { ...request, id });
  shop.nextNumber += 1;
  shop.orders.set(String(order.id), order);
  const topics = ["orders/create"];
  if (order.financial_status === "paid") topics.push("orders/paid");
  if (random.chance(0.3)) topics.push("orders/updated");
  if (!silent) simulator.send(shop, full(order, ...topics).webhooks, { orderId: order.id, faults });
  simulator.saveSoon();
  return order;
}
