import { describe, expect, test } from "vitest";
import { parseTrackingLines } from "../../app/bulk/parse-tracking-lines.ts";

const read = (text: string) =>
  parseTrackingLines(text).lines.map(({ key, trackingCompany, trackingNumber }) => [
    key,
    trackingCompany,
    trackingNumber,
  ]);
const verdicts = (text: string) =>
  parseTrackingLines(text).problems.map(({ line, verdict }) => [line, verdict]);

describe("pasted tracking lines", () => {
  test.each([
    ["commas", "#1042,T1"],
    ["semicolons", "1042;T1"],
    ["tabs", "1042\tT1"],
    ["quotes", '"#1042","T1"'],
    ["space around", "  #1042 , T1  "],
    ["a header", "Order,Tracking number\n1042,T1"],
    ["blank lines and CRLF", "\r\n1042,T1\r\n\r\n"],
  ])("are read with %s", (_name, text) => {
    expect(read(text)).toEqual([["1042", null, "T1"]]);
  });

  test("may name the company between the order and the number", () => {
    expect(read("#1042,DHL,T1")).toEqual([["1042", "DHL", "T1"]]);
    expect(read("#1042,,T1")).toEqual([["1042", null, "T1"]]);
  });

  test("keep a separator and a quote that stand inside quotes", () => {
    expect(read('1042,"Smith, ""Fast"" & Co",T1')).toEqual([["1042", 'Smith, "Fast" & Co', "T1"]]);
    expect(read('"10;42";T1')).toEqual([["10;42", null, "T1"]]);
  });

  test("keep a first line that is no header although it has letters", () => {
    expect(read("ORDER-7,T1")).toEqual([["order-7", null, "T1"]]);
  });

  test("without an order or a number are told so, with their place", () => {
    expect(verdicts("1042,T1\n\n1043,\n,T3\n1044")).toEqual([
      [3, "empty"],
      [4, "empty"],
      [5, "empty"],
    ]);
  });

  test("that name an order twice are used once when they agree, and not at all when they differ", () => {
    expect(read("1042,T1\n#1042,T1")).toEqual([["1042", null, "T1"]]);
    expect(read("1042,T1\n#1042,T2")).toEqual([]);
    expect(verdicts("1042,T1\n#1042,T2")).toEqual([
      [1, "twice"],
      [2, "twice"],
    ]);
  });

  test("that are too long are refused, and ten thousand are read in no time", () => {
    expect(verdicts(`1,${"9".repeat(256)}`)).toEqual([[1, "too_long"]]);
    const many = Array.from({ length: 10_000 }, (_, index) => `#${index},T${index}`).join("\n");
    expect(read(many)).toHaveLength(10_000);
  });
});
