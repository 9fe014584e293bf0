import { describe, expect, test } from "vitest";
import { languages } from "../../../app/documents/document.ts";
import { chooseLanguage } from "../../../app/documents/languages/choose-language.ts";
import { en } from "../../../app/documents/languages/en.ts";
import { formatAmount, formatDay, formatRate } from "../../../app/documents/languages/formats.ts";
import { catalogues, translate } from "../../../app/documents/languages/translate.ts";
import { toPrintable } from "../../../app/documents/pdf/printable.ts";

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
}

describe.each(languages)("%s", (language) => {
  test("has every word, none besides, and none empty", () => {
    expect(Object.keys(catalogues[language]).sort()).toEqual(Object.keys(en).sort());
    expect(Object.entries(catalogues[language]).filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("has the placeholders that English has", () => {
    for (const [key, text] of Object.entries(catalogues[language])) {
      const english = Object.entries(en).find(([name]) => name === key)?.[1] ?? "";
      expect([key, ...placeholders(text)]).toEqual([key, ...placeholders(english)]);
    }
  });

  test("can be printed with the fonts there are", () => {
    for (const text of Object.values(catalogues[language])) expect(toPrintable(text)).toBe(text);
    const amounts = ["EUR", "USD", "JPY", "PLN", "INR", "KWD", "CHF", "TRY", "ILS", "VND"].map((currency) =>
      formatAmount(language, "-123456789", currency),
    );
    for (const text of amounts) expect(toPrintable(text)).toBe(text);
  });
});

test("a value is put in where its name stands, whatever is in it", () => {
  expect(translate("de", "page", { page: "1", pages: "2" })).toBe("Seite 1 von 2");
  expect(translate("en", "reason", { reason: "{page} $& $1" })).toBe("Reason: {page} $& $1");
});

test("a German credit note is no Gutschrift, which is an invoice that the buyer writes", () => {
  expect(Object.values(catalogues.de).filter((text) => /gutschrift/i.test(text))).toEqual([]);
});

describe("the language of a document", () => {
  test.each([
    ["de-DE", "FR", "de"],
    ["pt-BR", "FR", "fr"],
    ["en", "DE", "en"],
    ["JA_jp", null, "ja"],
    [null, "at", "de"],
    [null, "CH", "nl"],
    [null, null, "nl"],
    ["", "", "nl"],
  ] as const)(
    "of a buyer with locale %s in %s is %s where the shop's is Dutch",
    (locale, country, expected) => {
      expect(chooseLanguage(locale, country, "nl")).toBe(expected);
    },
  );
});

describe("numbers and days", () => {
  test("are exact beyond what a float can hold", () => {
    expect(formatAmount("en", "9007199254740993001", "EUR")).toBe("€90,071,992,547,409,930.01");
    expect(formatRate("en", "0.145")).toBe("14.5%");
    expect(formatRate("en", "0.09975")).toBe("9.975%");
  });

  test("follow the language and the currency", () => {
    expect(formatAmount("de", "123456", "EUR")).toBe("1.234,56\u00a0€");
    expect(formatAmount("ja", "123456", "JPY")).toBe("￥123,456");
    expect(formatAmount("en", "1234567", "KWD")).toBe("KWD\u00a01,234.567");
    expect(formatRate("de", "0.19")).toBe("19\u00a0%");
  });

  test("a day is the same in every time zone, with its month in letters", () => {
    expect(formatDay("en", "2026-03-01")).toBe("1 March 2026");
    expect(formatDay("de", "2026-03-01")).toBe("1. März 2026");
    expect(formatDay("ja", "2026-03-01")).toBe("2026年3月1日");
  });
});
