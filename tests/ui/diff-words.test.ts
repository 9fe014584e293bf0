import fc from "fast-check";
import { expect, test } from "vitest";
import { diffWords } from "../../app/ui/diff-words.ts";

const without = (kind: "removed" | "added", parts: ReturnType<typeof diffWords>) =>
  parts
    .filter((part) => part.kind !== kind)
    .map((part) => part.text)
    .join("");

test("a replaced word is marked, the words around it are not", () => {
  expect(diffWords("ring twice please", "ring once please")).toEqual([
    { kind: "same", text: "ring " },
    { kind: "removed", text: "twice" },
    { kind: "added", text: "once" },
    { kind: "same", text: " please" },
  ]);
});

test("several replaced words are one phrase for another", () => {
  expect(diffWords("the back door please", "the green gate please")).toEqual([
    { kind: "same", text: "the " },
    { kind: "removed", text: "back door" },
    { kind: "added", text: "green gate" },
    { kind: "same", text: " please" },
  ]);
});

test("an empty text on either side is all added or all removed", () => {
  expect(diffWords("", "new note")).toEqual([{ kind: "added", text: "new note" }]);
  expect(diffWords("old note", "")).toEqual([{ kind: "removed", text: "old note" }]);
  expect(diffWords("", "")).toEqual([]);
});

test("both texts can be read out of the parts, whatever they are", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", " ", "\n", "  "), { maxLength: 40 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      expect(without("added", parts)).toBe(before);
      expect(without("removed", parts)).toBe(after);
    }),
  );
});

test("two very long texts are compared from their ends only, whatever they share between", () => {
  const long = (word: string) => Array.from({ length: 5_000 }, (_, i) => `${word}${i}`).join(" ");
  const middle = (word: string) => `${long(word)} shared ${long(word)}`;
  expect(diffWords(`first ${middle("a")} last`, `first ${middle("b")} last`)).toEqual([
    { kind: "same", text: "first " },
    { kind: "removed", text: middle("a") },
    { kind: "added", text: middle("b") },
    { kind: "same", text: " last" },
  ]);
});
