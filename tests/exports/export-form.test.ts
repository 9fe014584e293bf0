import { expect, test } from "vitest";
import { parseExportForm } from "../../app/exports/export-form.ts";
import { maxTicked } from "../../app/exports/list-export.ts";

function form(fields: Record<string, string>, ids: string[] = []): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const id of ids) data.append("ids", id);
  return data;
}

const ids = [crypto.randomUUID(), crypto.randomUUID()];

test("a list's query, sort and columns become a request", () => {
  const fields = {
    screen: "orders",
    format: "xlsx",
    q: "tag:vip",
    sort: "total-asc",
    columns: "total,status",
  };
  expect(parseExportForm(form(fields))).toEqual({
    request: {
      screen: "orders",
      format: "xlsx",
      query: "tag:vip",
      ids: null,
      sort: "total-asc",
      columns: ["total", "status"],
    },
  });
});

test("ticked rows stand for themselves, once each, unless all that match are asked for", () => {
  expect(parseExportForm(form({ q: "tag:vip" }, [...ids, ...ids]))).toMatchObject({
    request: { ids, query: "", format: "csv" },
  });
  expect(parseExportForm(form({ q: "tag:vip" }, [ids.join(",")]))).toMatchObject({ request: { ids } });
  expect(parseExportForm(form({ q: "tag:vip", all: "1" }, ids))).toMatchObject({
    request: { ids: null, query: "tag:vip" },
  });
});

test("what is damaged falls back to the usual list, or is refused with a sentence", () => {
  const damaged = { q: `a\0b\ud800${"x".repeat(5_000)}`, sort: "'; drop", columns: "a'b,total,,\0" };
  const parsed = parseExportForm(form(damaged));
  expect(parsed).toMatchObject({ request: { sort: "", columns: ["total"] } });
  expect("request" in parsed && parsed.request.query).toMatch(/^a b\ufffdx{996}$/);
  expect(parseExportForm(form({ format: "exe" }))).toHaveProperty("message");
  expect(parseExportForm(form({ screen: "shops" }))).toHaveProperty("message");
  expect(parseExportForm(form({}, ["1 or 1=1"]))).toHaveProperty("message");
  const many = Array.from({ length: maxTicked + 1 }, () => crypto.randomUUID());
  expect(parseExportForm(form({}, many))).toHaveProperty("message", expect.stringContaining("10000"));
});
