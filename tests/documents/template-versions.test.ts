import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type IssuedDocument, languages } from "../../app/documents/document.ts";
import { catalogues } from "../../app/documents/languages/translate.ts";
import { renderDocument } from "../../app/documents/render-document.ts";
import { documentCases } from "./document-cases.ts";
import { readPdf, squeeze } from "./read-pdf.ts";
import { sampleContent, sampleDocument } from "./sample-documents.ts";

/** What each document came to when version 1 was the newest: pages, fonts and structure, before they were packed. */
const firstTemplates: Record<string, string> = {
  "one-line": "a78b1817588f9cfd",
  "two-hundred-lines": "ed5e8f74db9027f4",
  "japanese-yen": "67397845dd288dcb",
  "right-to-left": "db0941671854005e",
  "long-words": "0be8ba30bba9a0fb",
  "credit-note": "d8d7727f46dd5eaa",
  "reverse-charge": "660302c8f648edab",
  "two-rates-letter": "d4ccad8e496c8075",
  classic: "3554b2f0c2e713bb",
  modern: "689e92cea4e8341c",
  "language-en": "3554b2f0c2e713bb",
  "language-de": "f40c605ca46cd0f2",
  "language-fr": "e9a84b791f9c7e74",
  "language-es": "b5d537fb17b6e95d",
  "language-it": "a465e7cb5d2719f1",
  "language-nl": "3ad92363d395ecff",
  "language-pl": "35089d090e5371c4",
  "language-ja": "a90ce1c36e7b1095",
};

/** The same when version 2 was the newest, with what is paid and a German credit note besides. */
const secondTemplates: Record<string, string> = {
  ...firstTemplates,
  paid: "c2a02ef5bbaf6f7a",
  "paid-japanese": "333f1f5d4a1dd5fb",
  "credit-note-de": "03b6ae7e1c10df81",
};

describe("version 1 of the templates", () => {
  test.each(Object.entries(firstTemplates))("draws %s as it always did", async (name, digest) => {
    const document = documentCases[name];
    if (!document) throw new Error(`${name} is gone`);
    expect(await drawn({ ...document, templateVersion: 1 })).toBe(digest);
  });

  test("leaves an IBAN as it was typed, which the next version writes in groups", async () => {
    const seller = { ...sampleContent().seller, bank: { ...noBank, iban: "DE89370400440532013000" } };
    const [old] = await pagesOf(sampleDocument({ seller }, { templateVersion: 1 }));
    const [now] = await pagesOf(sampleDocument({ seller }));
    expect(old).toContain("IBAN: DE89370400440532013000");
    expect(now).toContain("IBAN: DE89 3704 0044 0532 0130 00");
  });
});

const germanCredit: IssuedDocument = sampleDocument(
  { kind: "credit_note", language: "de" },
  { number: "CN-2026-0001" },
);

describe("version 2 of the templates", () => {
  test.each(Object.entries(secondTemplates))("draws %s as it always did", async (name, digest) => {
    const document = name === "credit-note-de" ? germanCredit : documentCases[name];
    if (!document) throw new Error(`${name} is gone`);
    expect(await drawn({ ...document, templateVersion: 2 })).toBe(digest);
  });

  test("calls the date of a German credit note that of an invoice, which the next version does not", async () => {
    const [old] = await pagesOf({ ...germanCredit, templateVersion: 2 });
    const [now] = await pagesOf(germanCredit);
    expect(old).toContain("Rechnungsdatum");
    expect(now).toContain("Ausstellungsdatum");
    expect(now).not.toContain("Rechnungsdatum");
  });
});

test.each(languages)("a credit note in %s does not call its date that of an invoice", async (language) => {
  const { creditNoteIssuedOn } = catalogues[language];
  const note = sampleDocument({ kind: "credit_note", language }, { number: "CN-2026-0001" });
  const printed = squeeze((await pagesOf(note)).join(""));
  expect(printed).toContain(squeeze(creditNoteIssuedOn));
  expect(creditNoteIssuedOn).not.toMatch(/^(rechnungs|factuur)datum$/i);
});

test.each(languages)("an invoice that is paid says so in %s and asks for nothing", async (language) => {
  const content = { ...sampleContent(), language, termsDays: null, paidInFull: true };
  const seller = { ...content.seller, bank: noBank };
  const printed = squeeze((await pagesOf(sampleDocument({ ...content, seller }, { dueOn: null }))).join(""));
  const words = catalogues[language];
  expect(printed).toContain(squeeze(words.paidInFull));
  for (const word of [words.iban, words.dueOn, words.payNow]) expect(printed).not.toContain(squeeze(word));
});

const noBank = { name: null, iban: null, bic: null, holder: null };

const pagesOf = async (document: IssuedDocument) =>
  (await readPdf(await renderDocument(document, { logo: null }))).pages;

/** How streams are packed depends on the processor, what is in them does not. */
async function drawn(document: IssuedDocument): Promise<string> {
  const pdf = Buffer.from(await renderDocument(document, { logo: null })).toString("latin1");
  const hash = createHash("sha256");
  for (const [, body = ""] of pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    const packed = Buffer.from(body, "latin1");
    // 0x78 begins what zlib packed; the description of the file stands in the open.
    hash.update(packed[0] === 0x78 ? inflateSync(packed) : packed);
  }
  return hash.digest("hex").slice(0, 16);
}
