import { describe, expect, test } from "vitest";
import { applyBulkChange, type BulkValues } from "../../app/bulk/bulk-action.ts";

const order: BulkValues = {
  status: "PENDING",
  trackingCompany: "DHL",
  trackingNumber: null,
  note: "Ring twice",
  tags: ["gift"],
};
const with_ = (fields: Partial<BulkValues>): BulkValues => ({ ...order, ...fields });

describe("a bulk change of a status", () => {
  const ship = { kind: "set_status", status: "SHIPPED" } as const;

  test("changes the status and nothing else", () => {
    expect(applyBulkChange(order, order, ship)).toEqual({
      outcome: "changed",
      next: with_({ status: "SHIPPED" }),
      fields: ["status"],
    });
  });

  test("leaves an order that has it already", () => {
    const shipped = with_({ status: "SHIPPED" });
    expect(applyBulkChange(shipped, shipped, ship)).toEqual({ outcome: "unchanged" });
  });

  test("is refused where a merchant could not go, with the ways that are open", () => {
    const cancelled = with_({ status: "CANCELLED" });
    expect(applyBulkChange(cancelled, cancelled, ship)).toEqual({
      outcome: "refused",
      reason: "The order is cancelled, and that is final.",
    });
  });

  test("conflicts with somebody else's status since, and reports base, mine and theirs", () => {
    expect(applyBulkChange(with_({ status: "CONFIRMED" }), order, ship)).toEqual({
      outcome: "conflict",
      conflicts: [{ field: "status", base: "PENDING", mine: "SHIPPED", theirs: "CONFIRMED" }],
    });
  });

  test("conflicts also when it stood there already and somebody took it back", () => {
    expect(applyBulkChange(order, with_({ status: "SHIPPED" }), ship)).toMatchObject({ outcome: "conflict" });
  });

  test("goes through beside somebody else's change of another field", () => {
    const theirs = with_({ note: "Ring once", tags: ["gift", "vip"] });
    expect(applyBulkChange(theirs, order, ship)).toMatchObject({
      outcome: "changed",
      next: { ...theirs, status: "SHIPPED" },
      fields: ["status"],
    });
  });
});

describe("a bulk change of tags", () => {
  test("never conflicts: it is added to whatever others made of the tags", () => {
    const change = { kind: "add_tag", tag: "hold" } as const;
    expect(applyBulkChange(with_({ tags: ["vip"] }), order, change)).toMatchObject({
      next: { tags: ["vip", "hold"] },
      fields: ["tags"],
    });
  });

  test("regards case no more than Shopify does", () => {
    expect(applyBulkChange(order, order, { kind: "add_tag", tag: "GIFT" })).toEqual({ outcome: "unchanged" });
    expect(applyBulkChange(order, order, { kind: "remove_tag", tag: "GIFT" })).toMatchObject({
      next: { tags: [] },
    });
  });
});

describe("a bulk change of tracking", () => {
  test("keeps the company when none is named", () => {
    expect(applyBulkChange(order, order, { kind: "set_tracking", trackingNumber: "T1" })).toMatchObject({
      next: { trackingNumber: "T1", trackingCompany: "DHL" },
      fields: ["trackingNumber"],
    });
  });

  test("conflicts as a whole when one of its fields does", () => {
    const change = { kind: "set_tracking", trackingNumber: "T1", trackingCompany: "UPS" } as const;
    expect(applyBulkChange(with_({ trackingNumber: "T0" }), order, change)).toMatchObject({
      outcome: "conflict",
      conflicts: [{ field: "trackingNumber", theirs: "T0" }],
    });
  });
});

describe("an undo", () => {
  const after = with_({ status: "CANCELLED", tags: ["gift", "hold"] });
  const undo = { kind: "undo", before: { status: "PENDING", tags: ["gift"] } } as const;

  test("restores what was, also from a status that is final for a merchant", () => {
    expect(
      applyBulkChange(after, after, { kind: "undo", before: { status: "PENDING", tags: ["gift"] } }),
    ).toEqual({ outcome: "changed", next: order, fields: ["status", "tags"] });
  });

  test("conflicts with a field that somebody has changed since", () => {
    const change = { kind: "undo" as const, before: { ...undo.before, tags: [...undo.before.tags] } };
    expect(applyBulkChange({ ...after, status: "CONFIRMED" }, after, change)).toMatchObject({
      outcome: "conflict",
      conflicts: [{ field: "status", base: "CANCELLED", mine: "PENDING", theirs: "CONFIRMED" }],
    });
  });

  test("keeps a tag that somebody has added since", () => {
    const change = { kind: "undo" as const, before: { tags: ["gift"] } };
    expect(applyBulkChange({ ...after, tags: ["gift", "hold", "vip"] }, after, change)).toMatchObject({
      next: { tags: ["gift", "vip"], status: "CANCELLED" },
    });
  });
});
