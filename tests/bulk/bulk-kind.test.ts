import { describe, expect, test } from "vitest";
import { addPreviews, countedItems, emptyPreview, kindButtons } from "../../app/bulk/bulk-kind.ts";
import { parseChosen } from "../../app/bulk/parse-chosen.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";

describe("previews of two chunks", () => {
  test("add up, each reason once", () => {
    const one = { ...emptyPreview, changed: 3, refused: [{ reason: "Cancelled.", count: 2 }] };
    const other = {
      ...emptyPreview,
      changed: 1,
      gone: 4,
      refused: [
        { reason: "Delivered.", count: 1 },
        { reason: "Cancelled.", count: 5 },
      ],
    };
    const both = addPreviews(one, other);
    expect(both).toMatchObject({
      changed: 4,
      gone: 4,
      refused: [
        { reason: "Cancelled.", count: 7 },
        { reason: "Delivered.", count: 1 },
      ],
    });
    expect(countedItems(both)).toBe(countedItems(one) + countedItems(other));
    expect(emptyPreview).toMatchObject({ changed: 0, refused: [] });
  });
});

describe("the form of a draft", () => {
  test("chooses a kind with its value, and nothing that the form says besides", () => {
    expect(
      parseChosen(bulkKinds, "add_tag", { kind: "remove_tag", tag: " gift ", intent: "choose" }),
    ).toEqual({
      outcome: "chosen",
      kind: "add_tag",
      input: { tag: "gift" },
    });
  });

  test("is told what is wrong with the value", () => {
    expect(parseChosen(bulkKinds, "set_status", { status: "LOST" })).toEqual({
      outcome: "invalid",
      message: "Choose one of the statuses.",
    });
  });

  test.each(["undo", "set_tracking", "undecided", "constructor", "__proto__", ""])(
    "cannot choose %j",
    (kind) => {
      expect(parseChosen(bulkKinds, kind, { before: {} })).toMatchObject({ outcome: "invalid" });
    },
  );

  test("has a button for each kind that needs no value", () => {
    const kind = { ...bulkKinds.undecided, button: "Issue invoices" } as (typeof bulkKinds)[string];
    expect(kindButtons({ ...bulkKinds, issue_invoices: kind })).toEqual([
      { kind: "issue_invoices", label: "Issue invoices" },
    ]);
  });
});
