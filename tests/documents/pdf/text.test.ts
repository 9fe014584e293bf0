import { describe, expect, test } from "vitest";
import { contrast, inkOn, inkOnWhite } from "../../../app/documents/pdf/color.ts";
import { toPrintable } from "../../../app/documents/pdf/printable.ts";
import { measureText, splitRuns } from "../../../app/documents/pdf/text-runs.ts";
import { wrapText } from "../../../app/documents/pdf/wrap.ts";

describe("printable text", () => {
  test.each([
    ["Mug 🎉 blue", "Mug blue", "an emoji is left out"],
    ["👩‍👩‍👧‍👦 family 🇩🇪 4️⃣ 👍🏽", "family 4", "with all that joins and colours it"],
    ["Tea™ © ✓", "Tea™ © ✓", "a sign that a font has stays, though it counts as an emoji"],
    ["ไทย", "���", "a letter that no font has leaves a mark"],
    ["𝐓𝐞𝐚", "Tea", "or is taken apart"],
    ["a\u200bb\u202ec\u0000d\ufeff", "abcd", "what cannot be seen is left out"],
    ["  a\n\tb \u2028 c  ", "a b c", "white space is one space"],
    ["10\u00a0€", "10\u00a0€", "a no-break space stays"],
    ["e\u0301", "é", "a letter and its accent are one"],
    ["東京 Ελλάδα Київ Đường", "東京 Ελλάδα Київ Đường", "letters of our scripts stay"],
    ["\ud800", "", "half a character is nothing"],
  ])("%j becomes %j: %s", (text, expected) => {
    expect(toPrintable(text)).toBe(expected);
  });
});

describe("wrapping", () => {
  const fits = (lines: string[], width: number) => {
    for (const line of lines)
      expect((measureText(line.trimEnd(), "regular") * 9) / 1000).toBeLessThanOrEqual(width + 0.01);
  };

  test("keeps words whole and loses none", () => {
    const text = "Handmade porcelain teapot with a lid that does not drip ".repeat(5).trim();
    const lines = wrapText(text, "regular", 9, 120);
    expect(lines.join("")).toBe(text);
    fits(lines, 120);
  });

  test("parts a word that is wider than the line", () => {
    const word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(200);
    const lines = wrapText(word, "regular", 9, 80);
    expect(lines.join("")).toBe(word);
    fits(lines, 80);
  });

  test("lets no line of Japanese begin with a full stop or end with an opening bracket", () => {
    const text = "職人がひとつずつ丁寧に仕上げた（手作り）、毎日使いたくなる一品です。".repeat(6);
    for (let width = 40; width < 140; width += 7) {
      const lines = wrapText(text, "regular", 9, width);
      expect(lines.join("")).toBe(text);
      expect(lines.filter((line) => /^[、。）]/.test(line) || /（$/.test(line))).toEqual([]);
    }
  });

  test("has no line for a text that says nothing", () => {
    expect(wrapText(" \n 🎉 ", "regular", 9, 100)).toEqual([]);
  });
});

describe("text from the right", () => {
  const drawn = (line: string) => splitRuns(line, "regular").map((run) => run.text);

  test("stands in the order it is seen, numbers among it from the left", () => {
    expect(drawn("תל אביב 6688312")).toEqual(["6688312", "תל אביב "]);
    expect(drawn("Acme אור Ltd")).toEqual(["Acme ", "אור", " Ltd"]);
  });

  test("turns its brackets", () => {
    expect(drawn("אור (ישראל)")).toEqual(["(", "ישראל", ")", "אור "]);
  });
});

describe("the shop's colour", () => {
  test.each(["#ffffff", "#ffff00", "#f2c230", "#00ff00", "#808080", "#1f4f8b", "#000000"])(
    "%s can be read in and read on",
    (color) => {
      expect(contrast(inkOnWhite(color), "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(inkOn(color), color)).toBeGreaterThanOrEqual(4.3);
    },
  );
});
