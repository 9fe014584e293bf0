import { describe, expect, test } from "vitest";
import {
  describeField,
  describePresences,
  initialsOf,
  type OtherPerson,
  presenceReportSchema,
} from "../../app/orders/presence.ts";

const person = (name: string, fields: Partial<OtherPerson> = {}): OtherPerson => ({
  name,
  field: null,
  isYou: false,
  ...fields,
});
const ben = person("Ben", { field: "note" });

describe("who is there, in words", () => {
  test.each([
    [[], ""],
    [[person("Ben")], "Ben has this open"],
    [[ben], "Ben is editing Notes"],
    [[person("Anna", { isYou: true })], "You have this open in another tab"],
    [
      [person("Anna", { isYou: true, field: "status" }), ben],
      "You are editing Status in another tab · Ben is editing Notes",
    ],
    [[ben, person("Cem"), person("Dana"), person("Eve")], "Ben, Cem and 2 others have this open"],
  ])("%j", (others, words) => {
    expect(describePresences(others)).toBe(words);
  });

  test("a field names the one who is in it, and counts them when they are more", () => {
    expect(describeField([ben, person("Cem")], "note")).toBe("Ben is here");
    expect(describeField([ben, person("Cem", { field: "note" })], "note")).toBe("2 others are here");
    expect(describeField([ben], "status")).toBeNull();
  });
});

test.each([
  ["Ben Krause", "BK"],
  ["Ben", "B"],
  ["  Maria  del Mar López ", "ML"],
  ["😀 Smile", "😀S"],
  ["", ""],
])("%j has the initials %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test("a field that this server does not know counts as looking", () => {
  const tabId = "7a1b3c9e-2f4d-4a6b-8c0d-1e2f3a4b5c6d";
  expect(presenceReportSchema.parse({ tabId, field: "tax" })).toEqual({ tabId, field: null, leaving: false });
  expect(presenceReportSchema.safeParse({ tabId: "mine", field: null }).success).toBe(false);
});
