import { expect, test } from "vitest";
import { parseLosslessJson } from "../app/lossless-json.ts";

test("an id beyond 2^53 keeps all its digits", () => {
  expect(parseLosslessJson('{"id": 820982911946154508}')).toEqual({ id: 820982911946154508n });
});

test("ordinary numbers stay numbers, also beside a long one", () => {
  expect(parseLosslessJson('{"a": 5, "b": -820982911946154508, "c": 0.19}')).toEqual({
    a: 5,
    b: -820982911946154508n,
    c: 0.19,
  });
});

test("a decimal that a double cannot hold stays text", () => {
  expect(parseLosslessJson('{"amount": 12345678901234.56789}')).toEqual({ amount: "12345678901234.56789" });
});

test("digits inside text are text", () => {
  expect(parseLosslessJson('{"token": "820982911946154508"}')).toEqual({ token: "820982911946154508" });
});

test("what is not JSON is refused", () => {
  expect(() => parseLosslessJson("{820982911946154508")).toThrow(SyntaxError);
});
