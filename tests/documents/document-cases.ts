import { type DocumentContent, type IssuedDocument, languages } from "../../app/documents/document.ts";
import { manyLines, sampleContent, sampleDocument, sampleLine, sampleTax } from "./sample-documents.ts";

const sums = (netMinor: string, taxMinor: string, grossMinor: string) => ({ netMinor, taxMinor, grossMinor });

const nordlicht = sampleContent().seller;

const oneLine = sampleDocument({
  lines: [sampleLine({ amountMinor: "11900", unitPriceMinor: "11900" })],
  taxes: [sampleTax({ baseMinor: "10000", taxMinor: "1900" })],
  totals: sums("10000", "1900", "11900"),
  shopTotals: sums("10000", "1900", "11900"),
});

const twoHundredLines = sampleDocument({
  lines: manyLines(200),
  taxes: [sampleTax({ baseMinor: "168067", taxMinor: "31933" })],
  totals: sums("168067", "31933", "200000"),
});

const yen = sampleDocument(
  {
    language: "ja",
    currency: "JPY",
    shopCurrency: "EUR",
    buyer: {
      name: "山田 太郎 様",
      company: "株式会社ひかり商事",
      address: ["〒150-0002", "東京都渋谷区渋谷2丁目21番1号", "渋谷ヒカリエ 21階"],
      countryCode: "JP",
      vatId: null,
      email: null,
    },
    seller: {
      ...nordlicht,
      name: "北光陶器株式会社",
      address: ["〒060-0001", "札幌市中央区北一条西2丁目"],
      taxIds: [{ label: "登録番号", value: "T1234567890123" }],
    },
    lines: [
      sampleLine({
        title: "急須「エルベ」、手作りの磁器。職人がひとつずつ丁寧に仕上げた、毎日使いたくなる一品です。",
        details: "藍色 / 600 ml",
        quantity: 2,
        unitPriceMinor: "8800",
        amountMinor: "17600",
        taxKeys: ["10"],
        shopAmountMinor: "10872",
      }),
      sampleLine({
        key: "item:2",
        title: "煎茶（八女）100g",
        unitPriceMinor: "1296",
        amountMinor: "1296",
        taxKeys: ["8"],
      }),
    ],
    taxes: [
      sampleTax({ key: "10", title: "消費税", rate: "0.1", baseMinor: "16000", taxMinor: "1600" }),
      sampleTax({ key: "8", title: "消費税（軽減税率）", rate: "0.08", baseMinor: "1200", taxMinor: "96" }),
    ],
    totals: sums("17200", "1696", "18896"),
    shopTotals: sums("10625", "1048", "11673"),
    notes: ["軽減税率の対象品目を含みます。"],
    template: { name: "modern", color: "#7a1f2b" },
  },
  { number: "請求-2026-0007" },
);

const rightToLeft = sampleDocument({
  buyer: {
    name: "محمد عبد الرحمن",
    company: 'חברת אור (ישראל) בע"מ',
    address: ["שדרות רוטשילד 45", "תל אביב 6688312", "شارع الملك فهد 12، الرياض", "Israel"],
    countryCode: "IL",
    vatId: "IL514789632",
    email: null,
  },
  lines: [
    sampleLine({
      title: "كوب أزرق (300 مل)",
      details: "ספל כחול",
      amountMinor: "2000",
      unitPriceMinor: "2000",
      taxKeys: ["zero"],
    }),
  ],
  taxes: [
    sampleTax({
      key: "zero",
      category: "zero",
      rate: "0",
      baseMinor: "2000",
      reason: "Export delivery, § 4 Nr. 1a UStG",
    }),
  ],
  totals: sums("2000", "0", "2000"),
});

const longWords = sampleDocument({
  seller: {
    ...nordlicht,
    name: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG",
  },
  buyer: {
    ...sampleContent().buyer,
    name: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzbeauftragte",
    company: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch & Sons",
    address: [
      "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu 1",
      "Đường Nguyễn Thị Minh Khai, Quận 3",
      "Łódź / Ελλάδα / Ёлка",
    ],
  },
  order: {
    name: "#1042",
    placedOn: "2026-11-24",
    purchaseOrder: "PO-2026-LONG-REFERENCE-000000000000000000000001234567890",
  },
  lines: [
    sampleLine({
      title: `Kraftfahrzeughaftpflichtversicherung${"sehr".repeat(20)}lang-und-nochmals_lang/ganz/lang ${"Wort ".repeat(40)}`,
      details: "https://example.com/a/very/long/path/that/never/ends/and/goes/on/and/on?with=query&and=more",
      quantity: 1_234_567,
      unitPriceMinor: "99999999999999",
      discountMinor: "12345678901",
      amountMinor: "123456789012345678",
    }),
    sampleLine({ key: "item:2", title: "Mug 🎉 with ✨ emoji 👩‍👩‍👧 and ไทย and ﷽ ™", amountMinor: "1000" }),
  ],
  taxes: [sampleTax({ baseMinor: "103745201691046788", taxMinor: "19711588321298890" })],
  totals: sums("103745201691046788", "19711588321298890", "123456790012346678"),
});

const creditNote = sampleDocument(
  {
    kind: "credit_note",
    refersTo: { number: "INV-2026-0007", issuedOn: "2026-11-25" },
    reason: "1 × Mug was refunded",
    termsDays: null,
    lines: [sampleLine({ unitPriceMinor: "1450", amountMinor: "1450" })],
    taxes: [sampleTax({ baseMinor: "1218", taxMinor: "232" })],
    totals: sums("1218", "232", "1450"),
    shopTotals: sums("1218", "232", "1450"),
  },
  { number: "CN-2026-0003", dueOn: null },
);

const reverseCharge = sampleDocument({
  taxesIncluded: false,
  buyer: {
    name: "Inkoop",
    company: "Van Dijk Groothandel B.V.",
    address: ["Keizersgracht 123", "1015 CJ Amsterdam", "Netherlands"],
    countryCode: "NL",
    vatId: "NL001234567B01",
    email: null,
  },
  order: { name: "#1043", placedOn: "2026-11-24", purchaseOrder: "4500012345" },
  lines: [sampleLine({ quantity: 40, unitPriceMinor: "1218", amountMinor: "48720", taxKeys: ["rc"] })],
  taxes: [sampleTax({ key: "rc", category: "reverse_charge", rate: "0", baseMinor: "48720" })],
  totals: sums("48720", "0", "48720"),
});

/** What an invoice is when its order was paid before it was issued: it asks for nothing. */
const paid = (document: IssuedDocument): IssuedDocument => ({
  ...document,
  dueOn: null,
  content: {
    ...document.content,
    termsDays: null,
    paidInFull: true,
    seller: {
      ...document.content.seller,
      bank: { name: null, iban: null, bic: null, holder: null },
    },
  },
});

/** Two rates on one line, in another currency than the shop's, on Letter. */
const montreal = sampleDocument({
  currency: "CAD",
  taxesIncluded: false,
  seller: {
    ...nordlicht,
    name: "Atelier du Nord Inc.",
    countryCode: "CA",
    address: ["55 rue Saint-Paul", "Montréal QC H2Y 1H2", "Canada"],
  },
  shopCurrency: "USD",
  lines: [sampleLine({ unitPriceMinor: "10000", amountMinor: "10000", taxKeys: ["gst", "qst"] })],
  taxes: [
    sampleTax({ key: "gst", title: "GST", rate: "0.05", baseMinor: "10000", taxMinor: "500" }),
    sampleTax({ key: "qst", title: "QST", rate: "0.09975", baseMinor: "10000", taxMinor: "998" }),
  ],
  totals: sums("10000", "1498", "11498"),
  shopTotals: sums("7100", "1064", "8164"),
});

/** What must be seen of documents before they can be trusted, by name. */
export const documentCases: Record<string, IssuedDocument> = {
  "one-line": oneLine,
  "two-hundred-lines": twoHundredLines,
  "japanese-yen": yen,
  "right-to-left": rightToLeft,
  "long-words": longWords,
  "credit-note": creditNote,
  paid: paid(sampleDocument()),
  "paid-japanese": paid(yen),
  "reverse-charge": reverseCharge,
  "two-rates-letter": montreal,
  classic: inTemplate("classic"),
  modern: inTemplate("modern"),
  ...Object.fromEntries(languages.map((language) => [`language-${language}`, sampleDocument({ language })])),
};

/** Documents whose letters share glyphs: what one says must not depend on which was rendered first. */
export const lookAlikes: IssuedDocument[] = [
  "باب بيت",
  "تات تيت",
  "ị i ị",
  "i ị",
  "a\u00a0b c",
  "a b\u00a0c",
].map((note) => sampleDocument({ notes: [note] }));

function inTemplate(name: DocumentContent["template"]["name"]): IssuedDocument {
  return sampleDocument({ template: { name, color: name === "classic" ? "#1f4f8b" : "#f2c230" } });
}
