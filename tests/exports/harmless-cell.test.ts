import { expect, test } from "vitest";
import { harmlessCell } from "../../app/exports/harmless-cell.ts";

test.each([
  "=1+1",
  "+49 170",
  "-3 boxes",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "＝1+1",
  "＠SUM(A1)",
  '=HYPERLINK("http://x")',
])("%j gets an apostrophe, because a spreadsheet might run it", (text) => {
  expect(harmlessCell(text)).toBe(`'${text}`);
});

test.each(["", "Anna", " =1", "1=1", "a@b.com", "\n=1", "'=1"])("%j stays as it is", (text) => {
  expect(harmlessCell(text)).toBe(text);
});
