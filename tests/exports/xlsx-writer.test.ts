import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { ExportCell } from "../../app/exports/export-cell.ts";
import { dateSerial, escapeXml } from "../../app/exports/sheet-xml.ts";
import { XlsxWriter } from "../../app/exports/xlsx-writer.ts";
import { elements, openWorkbook } from "./open-sheet.ts";

const text = (value: string | null): ExportCell => ({ type: "text", value });
const money = (minor: string, currency: string): ExportCell => ({ type: "money", minor, currency });

function write(rows: ExportCell[][], rowsPerSheet?: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const columns = [
    { key: "a", label: "First" },
    { key: "b", label: "Second & last" },
  ];
  const order = { columns, total: rows.length, title: "Orders" };
  const writer = new XlsxWriter(order, (bytes) => parts.push(bytes), rowsPerSheet);
  for (let start = 0; start < rows.length; start += 500) writer.write(rows.slice(start, start + 500));
  writer.end();
  return new Uint8Array(Buffer.concat(parts));
}

test("another reader finds the header and every cell as it was", () => {
  const awkward = '<b>"A & B"</b> ]]> _x0041_ 🎁\nüñ';
  const { names, sheets } = openWorkbook(write([[text(awkward), text(null)]]));
  expect(names).toEqual(["Orders"]);
  const values = sheets[0]?.map((row) => row.map(({ value }) => value));
  expect(values).toEqual([
    ["First", "Second & last"],
    [awkward, null],
  ]);
});

test("amounts are numbers with the decimals of their currency, and too long ones texts", () => {
  const bytes = write([
    [money("-1250", "EUR"), money("1250", "JPY")],
    [money("1250", "KWD"), money("9007199254740993", "EUR")],
  ]);
  const cells = openWorkbook(bytes).sheets[0]?.slice(1).flat() ?? [];
  expect(cells.map(({ value }) => value)).toEqual([-12.5, 1250, 1.25, "90071992547409.93"]);
  const formats = readFormats(bytes);
  expect(cells.slice(0, 3).map(({ style }) => formats[style])).toEqual(["#,##0.00", "#,##0", "#,##0.000"]);
});

test("an instant is a date on the shop's clock", () => {
  const bytes = write([[{ type: "instant", at: "2026-11-01T18:00:00.5+01:00" }, text("x")]]);
  const cell = openWorkbook(bytes).sheets[0]?.[1]?.[0];
  expect(cell?.value).toBe(46327.75);
  expect(readFormats(bytes)[cell?.style ?? 0]).toContain("yyyy");
});

test("what looks like a formula is a text, and stays one when somebody edits the cell", () => {
  const bytes = write([[text("=1+1"), text("plain")]]);
  const [formula, plain] = openWorkbook(bytes).sheets[0]?.[1] ?? [];
  expect(formula?.value).toBe("=1+1");
  const styles = readStyles(bytes);
  expect(styles[formula?.style ?? 0]).toHaveProperty("quotePrefix", "1");
  expect(styles[plain?.style ?? 0]).not.toHaveProperty("quotePrefix");
  expect(strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] as Uint8Array)).not.toContain("<f>");
});

test("rows beyond the end of a sheet go on on the next, under a header of its own", () => {
  const rows = Array.from({ length: 2_501 }, (_, index) => [text(`row ${index}`), text(null)]);
  const { names, sheets } = openWorkbook(write(rows, 1_000));
  expect(names).toEqual(["Orders", "Orders 2", "Orders 3"]);
  expect(sheets.map((sheet) => sheet.length)).toEqual([1_001, 1_001, 502]);
  const all = sheets.flatMap((sheet) => sheet.slice(1).map(([first]) => first?.value));
  expect(all).toEqual(rows.map((_, index) => `row ${index}`));
});

test("the header is bold and does not scroll away; every part is declared", () => {
  const bytes = write([]);
  const { sheets, parts } = openWorkbook(bytes);
  expect(readStyles(bytes)[sheets[0]?.[0]?.[0]?.style ?? 0]).toHaveProperty("fontId", "1");
  const files = unzipSync(bytes);
  expect(strFromU8(files["xl/worksheets/sheet1.xml"] as Uint8Array)).toContain('state="frozen"');
  const declared = elements(strFromU8(files["[Content_Types].xml"] as Uint8Array), "Override").map(
    ({ attributes }) => attributes.PartName,
  );
  expect(declared.sort()).toEqual(
    parts
      .filter((part) => part.startsWith("xl/") && part.endsWith(".xml"))
      .map((part) => `/${part}`)
      .sort(),
  );
});

test("a text holds nothing that XML may not, and no more than a cell may", () => {
  expect(escapeXml("a\u0000\u0008\u001f\ufffeb\ud800c\r\nd\t")).toBe("ab\ufffdc\nd\t");
  expect(escapeXml("x".repeat(40_000))).toHaveLength(32_767);
});

test.each([
  ["1900-03-01T00:00:00+00:00", 61],
  ["2026-11-25T12:00:00-05:00", 46351.5],
  ["1899-01-01T00:00:00+00:00", null],
  ["infinity", null],
])("the spreadsheet's number of %s is %s", (at, serial) => {
  expect(dateSerial(at)).toBe(serial);
});

function readStyles(bytes: Uint8Array): Record<string, string>[] {
  const styles = strFromU8(unzipSync(bytes)["xl/styles.xml"] as Uint8Array);
  const cells = elements(styles, "cellXfs")[0]?.content ?? "";
  return elements(cells, "xf").map(({ attributes }) => attributes);
}

function readFormats(bytes: Uint8Array): (string | undefined)[] {
  const styles = strFromU8(unzipSync(bytes)["xl/styles.xml"] as Uint8Array);
  const codes = new Map(
    elements(styles, "numFmt").map(({ attributes }) => [attributes.numFmtId, attributes.formatCode]),
  );
  return readStyles(bytes).map(({ numFmtId }) => codes.get(numFmtId));
}
