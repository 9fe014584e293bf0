import { expect, test } from "vitest";
import { matchCommands } from "../../app/ui/palette-commands.ts";
import { keyOf } from "../../app/ui/shortcut-keys.ts";
import { isSingleKey, type Shortcut, shortcuts } from "../../app/ui/shortcuts.ts";

const press = (key: string, modifiers: string[] = []) =>
  keyOf({
    key,
    ctrlKey: modifiers.includes("ctrl"),
    metaKey: modifiers.includes("meta"),
    altKey: modifiers.includes("alt"),
    shiftKey: modifiers.includes("shift"),
  });

test.each([
  ["a letter", press("j"), "j"],
  ["a letter with Caps Lock", press("J"), "j"],
  ["a question mark, shifted on many keyboards", press("?", ["shift"]), "?"],
  ["a slash by AltGr", press("/", ["ctrl", "alt"]), "/"],
  ["Ctrl + K", press("k", ["ctrl"]), "Mod+k"],
  ["⌘ K", press("k", ["meta"]), "Mod+k"],
  ["Ctrl + Enter", press("Enter", ["ctrl"]), "Mod+Enter"],
  ["Shift + J, which is no shortcut", press("J", ["shift"]), null],
  ["Ctrl + Shift + K, which is the browser's", press("K", ["ctrl", "shift"]), null],
  ["Alt + D, which is the browser's", press("d", ["alt"]), null],
])("%s is read as %s", (_, key, expected) => {
  expect(key).toBe(expected);
});

test("no two shortcuts of one scope have the same keys, and none begins with all of another", () => {
  const all: readonly Shortcut[] = shortcuts;
  for (const one of all) {
    const others = all.filter(
      (other) => other !== one && (other.scope === one.scope || other.scope === "app"),
    );
    expect(others.filter(({ keys }) => keys === one.keys || keys.startsWith(`${one.keys} `))).toEqual([]);
    expect(all.filter(({ scope, id }) => scope === one.scope && id === one.id)).toHaveLength(1);
  }
});

test("what can be switched off is every shortcut that is characters alone", () => {
  expect(shortcuts.filter((one) => !isSingleKey(one)).map(({ keys }) => keys)).toEqual([
    "Mod+k",
    "Enter",
    "Mod+Enter",
  ]);
});

test("a command is found by the beginnings of its words, in any order", () => {
  const commands = ["Bulk actions", "Exports", "Shipping rate"].map((label) => ({
    group: "Go to" as const,
    label,
    run: () => {},
  }));
  const labels = (typed: string) => matchCommands(commands, typed).map(({ label }) => label);
  expect(labels("act bu")).toEqual(["Bulk actions"]);
  expect(labels("go ra")).toEqual(["Shipping rate"]);
  expect(labels("zzz")).toEqual([]);
  expect(labels(" ")).toHaveLength(3);
});
