import { expect, test } from "vitest";
import { listParams, listSearch, parseListAddress } from "../../app/customers/list-address.ts";

const id = "0190a4b2-0000-7000-8000-000000000001";
const read = (search: string) => parseListAddress(new URLSearchParams(search));

test("an address says everything about its list, the place behind one who never ordered included", () => {
  const search = listSearch({
    q: 'name:anna "green tea"',
    sort: "last_order",
    direction: "asc",
    columns: ["note", "email"],
    view: "all",
    after: { key: "-infinity", id },
  });
  expect(listSearch(read(search))).toBe(search);
  expect(read(search).after).toEqual({ key: "-infinity", id });
});

test("what is damaged in an address gives way to the usual list", () => {
  expect(listSearch(read("sort=weather-asc&columns=weather,,&after=nonsense&at=2026-11-01"))).toBe("");
});

test("another query keeps the view, the sort and the columns, and starts at the first page", () => {
  expect(listParams(read(`view=all&q=anna&sort=name-asc&columns=email&after=${id}_anna`))).toEqual({
    view: "all",
    sort: "name-asc",
    columns: "email",
  });
});
