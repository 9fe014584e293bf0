import { expect, test } from "vitest";
import type { ShopId } from "../../app/shops/shop.ts";
import { Lanes } from "../../app/webhooks/lanes.ts";

const [flood, other, third] = ["flood", "other", "third"] as ShopId[] as [ShopId, ShopId, ShopId];

test("walkers leave out whoever another one is busy with, until it has left", () => {
  const lanes = new Lanes(5);
  lanes.enter(other);
  lanes.enter(other);
  lanes.leave(other);
  expect(lanes.seenTo()).toEqual([other]);
  lanes.leave(other);
  expect(lanes.seenTo()).toEqual([]);
});

test("a flooding shop has three lanes at most, the walker that is in it among them", () => {
  const lanes = new Lanes(8);
  lanes.openWalker();
  lanes.enter(flood);
  expect([1, 2, 3].map(() => lanes.openFlood(flood))).toEqual([true, true, false]);
  lanes.leave(flood);
  expect([1, 2].map(() => lanes.openFlood(flood))).toEqual([true, false]);
});

test("no walker takes of a flood between two of its batches, and again when all of its lanes have calmed down", () => {
  const lanes = new Lanes(5);
  lanes.openFlood(flood);
  lanes.openFlood(flood);
  expect(lanes.seenTo()).toEqual([flood]);
  lanes.calm(flood);
  expect(lanes.seenTo()).toEqual([flood]);
  lanes.calm(flood);
  expect(lanes.seenTo()).toEqual([]);
});

test("however many shops flood, two lanes stay for the others, and none is opened beyond the most", () => {
  const lanes = new Lanes(5);
  for (const shopId of [flood, other, third]) for (let turn = 0; turn < 3; turn += 1) lanes.openFlood(shopId);
  expect([1, 2, 3].map(() => lanes.openWalker())).toEqual([true, true, false]);
  lanes.close();
  expect(lanes.openWalker()).toBe(true);
});

test("of two or three lanes a flood has one", () => {
  for (const most of [2, 3]) {
    const lanes = new Lanes(most);
    expect([1, 2].map(() => lanes.openFlood(flood))).toEqual([true, false]);
  }
});

test("a single lane walks: nobody floods where there is no second", () => {
  expect(new Lanes(1).openFlood(flood)).toBe(false);
});
