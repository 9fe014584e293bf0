import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { DocumentContent, DocumentLine, IssuedDocument } from "../../app/documents/document.ts";
import {
  formatAmount,
  formatDay,
  formatQuantity,
  formatRate,
} from "../../app/documents/languages/formats.ts";
import { catalogues, translate } from "../../app/documents/languages/translate.ts";
import { toPrintable } from "../../app/documents/pdf/printable.ts";
import { renderDocument, renderDocuments, renderPreview } from "../../app/documents/render-document.ts";
import { documentCases, lookAlikes } from "./document-cases.ts";
import { readPdf, rolesOf, squeeze } from "./read-pdf.ts";
import { manyLines, sampleContent, sampleDocument, sampleLine } from "./sample-documents.ts";

const noLogo = { logo: null };

describe.each(Object.entries(documentCases))("%s", (_name, document) => {
  test("says on paper everything that the document says", async () => {
    const { pages } = await readPdf(await renderDocument(document, noLogo));
    const printed = squeeze(pages.join(""));
    for (const text of wordsOf(document)) expect(printed).toContain(squeeze(toPrintable(text)));
  });

  test("has each line as one row: words, quantity, price, discount, rates, amount", async () => {
    const { pages } = await readPdf(await renderDocument(document, noLogo));
    const printed = squeeze(pages.join(""));
    const rows = document.content.lines.filter((line) => !fromTheRight.test(line.title));
    for (const line of rows) expect(printed).toContain(squeeze(rowOf(line, document.content)));
  });
});

/** Letters that a reader gets back in another order than they were written; their words are compared one by one. */
const fromTheRight = /[\u0590-\u06ff\ufdfd]/;

function wordsOf({ number, issuedOn, dueOn, content }: IssuedDocument): string[] {
  const { language, currency, seller, buyer, order, refersTo } = content;
  const amounts = [
    ...Object.values(content.totals),
    ...content.taxes.flatMap((tax) => [tax.baseMinor, tax.taxMinor]),
  ];
  const days = [issuedOn, dueOn, content.deliveredOn, order.placedOn, refersTo?.issuedOn ?? null];
  const texts = [
    number,
    ...[seller.name, ...seller.address, seller.email, seller.phone, seller.website, seller.footer],
    ...[seller.bank.name, seller.bank.iban, seller.bank.bic].filter(() => content.kind === "invoice"),
    ...seller.taxIds.map(({ label, value }) => `${label}: ${value}`),
    ...[buyer.name, buyer.company, ...buyer.address, buyer.vatId, order.name, order.purchaseOrder],
    ...[refersTo?.number ?? null, content.reason, ...content.notes],
    ...content.taxes.flatMap((tax) => [`${tax.title} ${formatRate(language, tax.rate)}`, tax.reason]),
    ...amounts.map((minor) => formatAmount(language, minor, currency)),
    ...days.map((day) => day && formatDay(language, day)),
    ...content.lines.flatMap((line) => [line.title, line.details]),
  ];
  return texts.filter((text) => text !== null).flatMap((text) => (fromTheRight.test(text) ? [] : [text]));
}

function rowOf(line: DocumentLine, { language, currency, taxes }: DocumentContent): string {
  const amount = (minor: bigint | string) => formatAmount(language, minor, currency);
  const rates = line.taxKeys.map((key) => taxes.find((tax) => tax.key === key)?.rate ?? "");
  return [
    toPrintable(line.title),
    toPrintable(line.details ?? ""),
    formatQuantity(language, line.quantity),
    amount(line.unitPriceMinor),
    line.discountMinor === "0" ? "" : amount(-BigInt(line.discountMinor)),
    rates.map((rate) => formatRate(language, rate)).join("+"),
    amount(line.amountMinor),
  ].join("");
}

test("the letters of a name written from the right are all there", async () => {
  const { pages } = await readPdf(
    await renderDocument(documentCases["right-to-left"] ?? sampleDocument(), noLogo),
  );
  const printed = pages.join("");
  for (const word of ["ישראל", "רוטשילד", "6688312", "محمد", "الملك"]) expect(printed).toContain(word);
});

describe("many pages", () => {
  test("each ends with the sum so far, and the next begins with it", async () => {
    const document = sampleDocument({ lines: manyLines(200) });
    const { pages } = await readPdf(await renderDocument(document, noLogo));
    expect(pages.length).toBeGreaterThan(3);
    let lines = 0;
    pages.forEach((page, index) => {
      const before = formatAmount("en", BigInt(lines) * 1000n, "EUR");
      lines += page.match(/Plate no\./g)?.length ?? 0;
      const after = formatAmount("en", BigInt(lines) * 1000n, "EUR");
      const isLast = index === pages.length - 1;
      if (index > 0) expect(squeeze(page)).toContain(squeeze(`Brought forward ${before}`));
      if (!isLast) expect(squeeze(page)).toContain(squeeze(`Carried forward ${after}`));
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    expect(lines).toBe(200);
  });

  test("totals never stand on a page without saying what they continue", async () => {
    for (let count = 8; count <= 24; count += 1) {
      const { pages } = await readPdf(
        await renderDocument(sampleDocument({ lines: manyLines(count) }), noLogo),
      );
      for (const page of pages.slice(1, 2).filter((text) => text.includes("Net total"))) {
        expect(page).toContain("Brought forward");
      }
    }
  });

  test("a description longer than a page goes on overleaf and loses no word", async () => {
    const words = Array.from({ length: 2_500 }, (_, index) => `w${index}`);
    const document = sampleDocument({ lines: [sampleLine({ title: words.join(" ") }), sampleLine()] });
    const { pages } = await readPdf(await renderDocument(document, noLogo));
    const printed = pages.join(" ").split(/\s+/);
    expect(pages.length).toBeGreaterThan(1);
    expect(words.filter((word) => !printed.includes(word))).toEqual([]);
  });
});

describe("the same bytes", () => {
  test("come out whatever was rendered before", async () => {
    for (const document of Object.values(documentCases)) {
      const once = await renderDocument(document, noLogo);
      expect(Buffer.compare(once, await renderDocument(document, noLogo))).toBe(0);
    }
  });

  test("come out in another process, in another time zone and language", async () => {
    const script = `
      import { createHash } from "node:crypto";
      import { renderDocument } from "./app/documents/render-document.ts";
      import { documentCases, lookAlikes } from "./tests/documents/document-cases.ts";
      for (const document of [...Object.values(documentCases), ...lookAlikes].reverse()) {
        const bytes = await renderDocument(document, { logo: null });
        process.stdout.write(createHash("sha256").update(bytes).digest("hex") + "\\n");
      }`;
    const env = { ...process.env, TZ: "Pacific/Kiritimati", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
    const run = promisify(execFile)(process.execPath, ["--input-type=module-typescript", "-e", script], {
      env,
    });
    const theirs = (await run).stdout.trim().split("\n").reverse();
    const ours: string[] = [];
    for (const document of [...Object.values(documentCases), ...lookAlikes]) {
      ours.push(
        createHash("sha256")
          .update(await renderDocument(document, noLogo))
          .digest("hex"),
      );
    }
    expect(theirs).toEqual(ours);
  }, 60_000);

  test("do not come out for another document", async () => {
    const one = await renderDocument(sampleDocument(), noLogo);
    const other = await renderDocument(
      sampleDocument({}, { id: "019376a0-0000-7000-8000-000000000002" }),
      noLogo,
    );
    expect(fileId(one)).not.toBe(fileId(other));
  });
});

function fileId(bytes: Uint8Array): string | undefined {
  return /\/ID \[<(\w+)>/.exec(Buffer.from(bytes).toString("latin1"))?.[1];
}

describe("for a screen reader", () => {
  test("title, tables, rows and headings are told apart", async () => {
    const { structure } = await readPdf(await renderDocument(sampleDocument(), noLogo));
    const roles = structure.flatMap(rolesOf);
    const count = (role: string) => roles.filter((each) => each === role).length;
    expect(count("H1")).toBe(1);
    expect(count("Table")).toBe(2);
    expect(count("THead")).toBe(1);
    expect(count("TR")).toBe(1 + 3 + 3);
    expect(count("TH")).toBe(6 + 3);
    expect(count("TD")).toBe(3 * 6 + 3);
  });

  test("the language is that of the document", async () => {
    const { structure } = await readPdf(await renderDocument(sampleDocument({ language: "pl" }), noLogo));
    expect(structure[0]?.children[0]?.lang).toBe("pl");
  });
});

test("several documents in one file each count their own pages", async () => {
  const documents = [
    sampleDocument({ lines: manyLines(30) }),
    sampleDocument({}, { number: "INV-2026-0008" }),
  ];
  const printed = documents.map((document) => ({ document, logo: null }));
  const { pages } = await readPdf(await renderDocuments(printed));
  const numbered = pages.map((page) => /Page (\d) of (\d)/.exec(page)?.[0]);
  expect(numbered).toEqual(["Page 1 of 2", "Page 2 of 2", "Page 1 of 1"]);
  expect(pages[2]).toContain("INV-2026-0008");
});

test("a draft is marked as one on each page and has neither number nor day of issue", async () => {
  const { pages } = await readPdf(await renderPreview({ ...sampleContent(), lines: manyLines(30) }, null));
  expect(pages.length).toBe(2);
  for (const page of pages) expect(page).toContain("DRAFT");
  expect(pages.join("")).not.toContain(translate("en", "invoiceNumber"));
  expect(pages.join("")).not.toContain(translate("en", "issuedOn"));
});

test("a rate of nothing prints its own reason, or what its language says of its kind", async () => {
  const document = documentCases["reverse-charge"] ?? sampleDocument();
  const german = { ...document, content: { ...document.content, language: "de" as const } };
  const { pages } = await readPdf(await renderDocument(german, noLogo));
  expect(squeeze(pages.join(""))).toContain(squeeze(catalogues.de.reverseChargeReason));
});

test("a document of templates that are not here is refused instead of rendered otherwise", async () => {
  const document = sampleDocument({}, { templateVersion: 99 });
  await expect(renderDocument(document, noLogo)).rejects.toThrow(
    "INV-2026-0007 was made with templates of version 99",
  );
});
