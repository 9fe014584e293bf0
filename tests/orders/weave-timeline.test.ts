import { expect, test } from "vitest";
import { weaveTimeline } from "../../app/orders/weave-timeline.ts";

const version = (version: number, second: number) => ({ version, createdAt: at(second) });
const note = (id: string, second: number) => ({
  id,
  text: id,
  actorKind: "job",
  createdAt: at(second),
  to: null,
});
const at = (second: number) => `2026-11-25T10:00:${String(second).padStart(2, "0")}.123456+00:00`;
const read = (woven: ReturnType<typeof weaveTimeline<ReturnType<typeof version>>>) =>
  woven.map(({ entry, note }) => entry?.version ?? note?.id);

test("notes stand between the versions by their time", () => {
  const woven = weaveTimeline(
    [version(3, 30), version(2, 20), version(1, 10)],
    [note("late", 40), note("middle", 25), note("early", 5)],
  );
  expect(read(woven)).toEqual(["late", 3, "middle", 2, 1, "early"]);
});

test("a note of the transaction that made a version stands above it, as what came of it", () => {
  expect(read(weaveTimeline([version(2, 20), version(1, 10)], [note("issued", 20)]))).toEqual([
    "issued",
    2,
    1,
  ]);
});

test("without notes the versions stand as they are", () => {
  expect(read(weaveTimeline([version(2, 10), version(1, 20)], []))).toEqual([2, 1]);
});
