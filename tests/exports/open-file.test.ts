import { expect, test } from "vitest";
import type { ExportCell } from "../../app/exports/export-cell.ts";
import type { ListFormat } from "../../app/exports/export-format.ts";
import { openFile } from "../../app/exports/open-file.ts";

const columns = [
  { key: "name", label: "Order" },
  { key: "note", label: "Notes, all" },
  { key: "totalMinor", label: "Total" },
  { key: "createdAt", label: "Date" },
  { key: "tags", label: "Tags" },
  { key: "itemCount", label: "Items" },
  { key: "status", label: "Status" },
];

const row = (note: string | null, minor: string, currency = "EUR"): ExportCell[] => [
  { type: "text", value: "#1001" },
  { type: "text", value: note },
  { type: "money", minor, currency },
  { type: "instant", at: "2026-11-01T10:00:00.123456+01:00" },
  { type: "texts", values: ["gift", "vip"] },
  { type: "integer", value: 3 },
  { type: "coded", value: "SHIPPED", label: "Shipped" },
];

function write(format: ListFormat, batches: ExportCell[][][]): string {
  const parts: Uint8Array[] = [];
  const total = batches.flat().length;
  const file = openFile(format, { columns, total, title: "Orders" }, (bytes) => parts.push(bytes));
  for (const rows of batches) file.write(rows);
  file.end();
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(parts));
}

test("CSV begins with a byte order mark and the columns' names, and ends its lines as RFC 4180 says", () => {
  expect(write("csv", [[row("hello", "1250")], [row(null, "-1250")]])).toBe(
    '\uFEFFOrder,"Notes, all",Total,Date,Tags,Items,Status\r\n' +
      '#1001,hello,12.50,2026-11-01T10:00:00+01:00,"gift, vip",3,Shipped\r\n' +
      '#1001,,-12.50,2026-11-01T10:00:00+01:00,"gift, vip",3,Shipped\r\n',
  );
});

test("CSV quotes commas, quotes and line breaks, and makes formulas harmless", () => {
  const [, ...lines] = write("csv", [
    [row('a "b", c\nd', "1"), row("=1+1", "1"), row("naïve 🎁", "1")],
  ]).split("\r\n");
  expect(lines[0]).toContain('#1001,"a ""b"", c\nd",0.01');
  expect(lines[1]).toContain("#1001,'=1+1,0.01");
  expect(lines[2]).toContain("#1001,naïve 🎁,0.01");
});

test("an amount has the decimals of its currency", () => {
  const text = write("csv", [[row("x", "1250", "JPY"), row("x", "1250", "KWD")]]);
  expect(text).toContain(",1250,2026");
  expect(text).toContain(",1.250,2026");
});

test("JSON Lines keep types, minor units and microseconds, and change no text", () => {
  const lines = write("jsonl", [[row("=1+1", "9007199254740993")], [row(null, "-5")]])
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      name: "#1001",
      note: "=1+1",
      totalMinor: "9007199254740993",
      createdAt: "2026-11-01T10:00:00.123456+01:00",
      tags: ["gift", "vip"],
      itemCount: 3,
      status: "SHIPPED",
    },
    expect.objectContaining({ note: null, totalMinor: "-5" }),
  ]);
});

test("a file without rows still says what its columns are", () => {
  expect(write("csv", [])).toBe('\uFEFFOrder,"Notes, all",Total,Date,Tags,Items,Status\r\n');
  expect(write("jsonl", [])).toBe("");
});
