import { describe, expect, test } from "vitest";
import { mapOrderPayload } from "../../app/orders/map-order-payload.ts";
import { mergePayload, type OrderState } from "../../app/orders/merge-payload.ts";
import type { EditableFields } from "../../app/orders/order.ts";
import { orderPayload } from "../support/deliveries.ts";

const mapped = (fields: object, updatedAt = "2026-11-01T10:00:00Z") =>
  mapOrderPayload(JSON.parse(orderPayload({ id: "7", updatedAt, ...fields })));

const arrival = (contentHash: string, triggeredUs: number | null = null) => ({ contentHash, triggeredUs });

function firstState(fields: object): OrderState {
  const merged = mergePayload(null, mapped(fields), arrival("first"));
  if (merged.outcome !== "applied") throw new Error("a first payload always applies");
  return merged.state;
}

function merge(state: OrderState, fields: object) {
  const merged = mergePayload(state, mapped(fields, "2026-11-01T11:00:00Z"), arrival("second"));
  if (merged.outcome !== "applied") throw new Error(merged.reason);
  return merged;
}

const editedBy = (state: OrderState, edit: Partial<EditableFields>): OrderState => ({
  ...state,
  version: state.version + 1,
  editable: { ...state.editable, ...edit },
});

describe("the three-way merge of a field that a merchant can edit", () => {
  const start = firstState({ note: "base" });

  test("Shopify says nothing new: the merchant's value stays, and there is no new version", () => {
    const { state, event } = merge(editedBy(start, { note: "mine" }), { note: "base" });
    expect(state.editable.note).toBe("mine");
    expect(event).toBeNull();
  });

  test("only Shopify changed it: Shopify's value is taken", () => {
    const { state, event } = merge(start, { note: "theirs" });
    expect(state.editable.note).toBe("theirs");
    expect(event).toMatchObject({
      version: 2,
      changes: { note: { from: "base", to: "theirs" } },
      overwritten: null,
    });
  });

  test("both changed it: Shopify wins, the merchant's value is kept aside and the order is flagged", () => {
    const { state, event } = merge(editedBy(start, { note: "mine" }), { note: "theirs" });
    expect(state).toMatchObject({ editable: { note: "theirs" }, needsReview: true, version: 3 });
    expect(event?.overwritten).toEqual({ note: "mine" });
  });

  test("both changed it to the same: nothing to see, nothing to flag", () => {
    const { state, event } = merge(editedBy(start, { note: "same" }), { note: "same" });
    expect(state).toMatchObject({
      editable: { note: "same" },
      base: { note: "same" },
      needsReview: false,
      version: 2,
    });
    expect(event).toBeNull();
  });

  test("the merchant changed one field and Shopify another: both stand", () => {
    const { state } = merge(editedBy(start, { trackingNumber: "T1" }), { note: "theirs" });
    expect(state.editable).toMatchObject({ note: "theirs", trackingNumber: "T1" });
    expect(state.needsReview).toBe(false);
  });

  test("the base moves with each payload, so the next one is compared with the last", () => {
    const once = merge(editedBy(start, { note: "mine" }), { note: "theirs" }).state;
    const restored = editedBy(once, { note: "mine" });
    const again = mergePayload(
      restored,
      mapped({ note: "theirs" }, "2026-11-01T12:00:00Z"),
      arrival("third"),
    );
    expect(again).toMatchObject({ state: { editable: { note: "mine" } }, event: null });
  });

  test("a merchant's status stays until Shopify's words mean another one", () => {
    const shipped = editedBy(firstState({ financial_status: "paid" }), { status: "SHIPPED" });
    expect(merge(shipped, { financial_status: "partially_refunded" }).state.editable.status).toBe("SHIPPED");
    const cancelled = merge(shipped, { financial_status: "paid", cancelled_at: "2026-11-01T10:30:00Z" });
    expect(cancelled.state).toMatchObject({ editable: { status: "CANCELLED" }, needsReview: true });
    expect(cancelled.event?.overwritten).toEqual({ status: "SHIPPED" });
  });

  test("a flag stays through later payloads until someone has looked", () => {
    const flagged = merge(editedBy(start, { note: "mine" }), { note: "theirs" }).state;
    const later = mergePayload(
      flagged,
      mapped({ note: "theirs", tags: "vip" }, "2026-11-01T12:00:00Z"),
      arrival("third"),
    );
    expect(later).toMatchObject({ state: { needsReview: true } });
  });
});

describe("the three-way merge of tags", () => {
  const start = firstState({ tags: "gift, vip" });
  const tagged = (state: OrderState, tags: string[]): OrderState => ({
    ...state,
    version: state.version + 1,
    external: { ...state.external, tags },
  });

  test("Shopify says nothing new: what the merchant added and removed stays, and there is no new version", () => {
    const { state, event } = merge(tagged(start, ["vip", "hold"]), { tags: "vip, gift" });
    expect(state.external.tags).toEqual(["vip", "hold"]);
    expect(event).toBeNull();
  });

  test("both changed them: Shopify's, without what the merchant removed, with what the merchant added", () => {
    const { state, event } = merge(tagged(start, ["vip", "hold"]), { tags: "gift, vip, express" });
    expect(state).toMatchObject({ external: { tags: ["express", "vip", "hold"] }, needsReview: false });
    expect(event).toMatchObject({
      changes: { tags: { from: ["vip", "hold"], to: ["express", "vip", "hold"] } },
      overwritten: null,
    });
  });

  test("the base moves, so a tag that the merchant removed comes back when Shopify adds it again", () => {
    const removed = tagged(start, ["vip"]);
    const once = merge(removed, { tags: "vip" }).state;
    expect(once.external.tags).toEqual(["vip"]);
    const again = mergePayload(once, mapped({ tags: "gift, vip" }, "2026-11-01T12:00:00Z"), arrival("third"));
    expect(again).toMatchObject({ state: { external: { tags: ["gift", "vip"] } } });
  });

  test("another spelling of the same tag is no change, and the first spelling stays", () => {
    const { state, event } = merge(tagged(start, ["gift", "vip", "Hold"]), { tags: "GIFT, vip, hold" });
    expect(state.external.tags).toEqual(["gift", "vip", "Hold"]);
    expect(event).toBeNull();
  });
});

describe("never backwards", () => {
  const state = firstState({});
  test.each([
    ["older", "2026-11-01T09:59:59Z", arrival("x", 9), "stale"],
    ["newer", "2026-11-01T10:00:01Z", arrival("first", 0), "applied"],
    ["equal, the same content", "2026-11-01T10:00:00Z", arrival("first", 9), "stale"],
    ["equal, other content, triggered earlier", "2026-11-01T10:00:00Z", arrival("x", 4), "stale"],
    ["equal, other content, triggered at the same time", "2026-11-01T10:00:00Z", arrival("x", 5), "applied"],
    ["equal, other content, triggered later", "2026-11-01T10:00:00Z", arrival("x", 6), "applied"],
    ["equal, other content, trigger unknown", "2026-11-01T10:00:00Z", arrival("x", null), "stale"],
  ])("%s", (_name, updatedAt, arrived, outcome) => {
    expect(mergePayload({ ...state, lastTriggeredUs: 5 }, mapped({}, updatedAt), arrived).outcome).toBe(
      outcome,
    );
  });
});

test("a change of lines is told as items, not as a hash", () => {
  const { event } = merge(firstState({}), {
    line_items: [{ id: 11, title: "Mug", quantity: 2, current_quantity: 1, price: "12.50" }],
  });
  expect(event?.changes.items).toEqual({ from: 2, to: 1 });
  expect(event?.changes).not.toHaveProperty("linesHash");
});
