import { expect, test } from "vitest";
import { comparePlaces } from "../../app/list/compare-places.ts";

const sorted = (type: Parameters<typeof comparePlaces>[0], keys: string[]) =>
  keys
    .map((key) => ({ key, id: "a" }))
    .sort(comparePlaces(type, "asc"))
    .map(({ key }) => key);

test("instants are compared to the microsecond, whatever their offset", () => {
  const keys = [
    "2026-11-01T10:00:00.123456+00:00",
    "2026-11-01T10:00:00.12346+00:00",
    "2026-11-01T11:00:01+01:00",
    "2026-11-01T10:00:01.5+00:00",
  ];
  expect(sorted("timestamptz", [...keys].reverse())).toEqual(keys);
});

test("what has never happened comes before every instant", () => {
  const keys = ["-infinity", "-infinity", "1970-01-01T00:00:00+00:00", "2026-11-01T10:00:00+00:00"];
  expect(sorted("timestamptz", [...keys].reverse())).toEqual(keys);
});

test("what has no day comes after every day", () => {
  const keys = ["0999-12-31", "2026-11-01", "2026-11-10", "infinity"];
  expect(sorted("date", [...keys].reverse())).toEqual(keys);
});

test("amounts are compared as numbers, beyond what a Number can tell apart too", () => {
  const keys = ["-9007199254740993", "-5", "9", "10", "9007199254740992", "9007199254740993"];
  expect(sorted("bigint", [...keys].reverse())).toEqual(keys);
});

test("texts are compared by code point, not by UTF-16 unit", () => {
  const keys = ["", "Z", "a", "ab", "é", "\uFB01", "\u{1F600}"];
  expect(sorted("text", [...keys].reverse())).toEqual(keys);
});

test("of equal keys the id decides, in the list's direction", () => {
  const places = ["b", "a", "c"].map((id) => ({ key: "1", id }));
  expect([...places].sort(comparePlaces("integer", "desc")).map(({ id }) => id)).toEqual(["c", "b", "a"]);
});
