import { expect, test } from "vitest";
import { howMany, nothingSelected, toggle, toggleAll, toggleRange } from "../../app/list/selection.ts";

const rows = [..."abcdef"].map((id) => ({ id }));

test("Shift ticks everything between the last tick and this one, in either direction", () => {
  const down = toggleRange(toggle(nothingSelected, "b"), "d", rows);
  expect([...down.ids].sort()).toEqual(["b", "c", "d"]);
  const up = toggleRange(down, "a", rows);
  expect([...up.ids].sort()).toEqual(["a", "b", "c", "d"]);
});

test("Shift on a ticked row takes the ticks away", () => {
  const all = toggleAll(nothingSelected, rows);
  const fewer = toggleRange(toggle(all, "b"), "d", rows);
  expect([...fewer.ids].sort()).toEqual(["a", "e", "f"]);
});

test("the box in the head ticks what is loaded, and unticks everything when all is ticked", () => {
  const some = toggle(nothingSelected, "b");
  expect(howMany(some, rows)).toBe("some");
  const all = toggleAll(some, rows);
  expect(howMany(all, rows)).toBe("all");
  expect(toggleAll(all, rows)).toEqual(nothingSelected);
});

test("a row that left the list since it was ticked begins no range", () => {
  expect([...toggleRange(toggle(nothingSelected, "z"), "c", rows).ids].sort()).toEqual(["c", "z"]);
});
