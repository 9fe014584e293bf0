import { expect, test } from "vitest";
import { mergeEdit, resolveConflicts } from "../../app/orders/conflict.ts";
import type { EditableFields } from "../../app/orders/order.ts";

const base: EditableFields = { status: "PENDING", trackingCompany: null, trackingNumber: "T1", note: "base" };

test("a field that only I changed is mine, one that only they changed is theirs", () => {
  const merge = mergeEdit(base, { ...base, note: "mine" }, { ...base, trackingNumber: "T2" });
  expect(merge).toEqual({
    merged: { ...base, note: "mine", trackingNumber: "T2" },
    conflicts: [],
    takenOver: ["trackingNumber"],
    mine: ["note"],
  });
});

test("a field that both changed differently is a conflict and stays theirs until somebody decides", () => {
  const merge = mergeEdit(base, { ...base, note: "mine" }, { ...base, note: "theirs" });
  expect(merge.conflicts).toEqual([{ field: "note", base: "base", mine: "mine", theirs: "theirs" }]);
  expect(merge.merged.note).toBe("theirs");
});

test("a field that both changed to the same is no conflict", () => {
  const merge = mergeEdit(base, { ...base, note: "same" }, { ...base, note: "same" });
  expect(merge).toMatchObject({ conflicts: [], takenOver: [], mine: [], merged: { note: "same" } });
});

test("clearing a field against a change of it is a conflict like any other", () => {
  const merge = mergeEdit(base, { ...base, trackingNumber: null }, { ...base, trackingNumber: "T2" });
  expect(merge.conflicts).toEqual([{ field: "trackingNumber", base: "T1", mine: null, theirs: "T2" }]);
});

test("each conflict takes the side that was chosen for it, and theirs without a choice", () => {
  const mine: EditableFields = {
    status: "CONFIRMED",
    trackingCompany: "DHL",
    trackingNumber: "M",
    note: "mine",
  };
  const merge = mergeEdit(base, mine, { ...base, status: "SHIPPED", trackingNumber: "S", note: "theirs" });
  expect(resolveConflicts(merge, mine, { note: "mine", trackingNumber: "theirs" })).toEqual({
    status: "SHIPPED",
    trackingCompany: "DHL",
    trackingNumber: "S",
    note: "mine",
  });
});
