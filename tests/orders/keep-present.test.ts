import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepPresent } from "../../app/orders/keep-present.ts";
import type { OtherPerson } from "../../app/orders/presence.ts";

const ben: OtherPerson = { name: "Ben", field: null, isYou: false };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function keep(answer: () => Promise<OtherPerson[] | null> = async () => [ben]) {
  const reports: (string | null)[] = [];
  const shown: OtherPerson[][] = [];
  const kept = keepPresent({
    report: (field) => {
      reports.push(field);
      return answer();
    },
    onOthers: (others) => shown.push(others),
  });
  return { kept, reports, shown };
}

test("it reports at once, then every two and a half seconds", async () => {
  const { reports, shown, kept } = keep();
  await vi.advanceTimersByTimeAsync(1);
  expect([reports, shown]).toEqual([[null], [[ben]]]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(reports).toHaveLength(3);
  kept.stop();
});

test("a step to another field is told at once, and many steps in a moment as one", async () => {
  const { reports, kept } = keep();
  await vi.advanceTimersByTimeAsync(1_000);
  kept.enter("status");
  kept.enter("trackingCompany");
  kept.enter("note");
  kept.enter("note");
  await vi.advanceTimersByTimeAsync(1);
  expect(reports).toEqual([null, "note"]);
  kept.enter("status");
  await vi.advanceTimersByTimeAsync(200);
  expect(reports).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(reports).toEqual([null, "note", "status"]);
  kept.stop();
});

test("while a report is under way there is no second one, and what came meanwhile follows it", async () => {
  let finish = () => {};
  const { reports, kept } = keep(() => new Promise((resolve) => (finish = () => resolve([]))));
  await vi.advanceTimersByTimeAsync(1);
  kept.enter("note");
  kept.ask();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reports).toEqual([null]);
  finish();
  await vi.advanceTimersByTimeAsync(300);
  expect(reports).toEqual([null, "note"]);
  kept.stop();
});

test("an order that is gone ends it, and nobody is shown there", async () => {
  const { reports, shown } = keep(async () => null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reports).toHaveLength(1);
  expect(shown).toEqual([[]]);
});

test("one lost report changes nothing on the screen; a server that stays away empties it", async () => {
  let away = false;
  const { shown, kept } = keep(async () => {
    if (away) throw new Error("away");
    return [ben];
  });
  await vi.advanceTimersByTimeAsync(1);
  away = true;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(shown).toEqual([[ben]]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(shown.at(-1)).toEqual([]);
  kept.stop();
});

test("a silent tab says nothing until somebody looks again", async () => {
  const { reports, kept } = keep();
  await vi.advanceTimersByTimeAsync(1);
  kept.pause();
  kept.enter("note");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reports).toHaveLength(1);
  kept.resume();
  await vi.advanceTimersByTimeAsync(1);
  expect(reports).toEqual([null, "note"]);
  kept.stop();
});
