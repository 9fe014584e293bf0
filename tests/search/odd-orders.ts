import { orderPayload } from "../support/deliveries.ts";

const customer = (id: number, first: string | null, last: string | null, email: string | null) => ({
  customer: { id, first_name: first, last_name: last, email, updated_at: "2026-11-01T10:00:00Z" },
  email,
});

const address = (name: string, city: string, code: string) => ({
  shipping_address: { name, city, country_code: code, address1: "1_2 % Street\\Weg", zip: "O'1" },
});

const line = (title: string, sku: string | null, variant: string | null = null) => ({
  title,
  sku,
  variant_title: variant,
  quantity: 1,
  price: "12.50",
});

/** Orders whose texts are hard to search: signs that mean something to LIKE, to tsquery, to regular expressions. */
const oddities: Record<string, unknown>[] = [
  { note: "100% sure_thing\\ (a|b) & c:* !d <-> e", tags: "a&b, c:d, e'f, %, _, \\" },
  { note: "ﬁne ﬀ ligatures, ＦＵＬＬ ｗｉｄｔｈ, ½ and ① and ™", tags: "Größe, GRÖSSE, größe" },
  { note: "İstanbul, ISPARTA, ılık; ΑΣ ας ΑΣΑ", ...customer(11, "Ι̇rem", "ÇELİK", "irem@example.com") },
  {
    note: "naïve café cafe\u0301 Åse A\u030Ase",
    ...customer(12, "Zoë", "O’Neill", "zoe.o-neill+tag@example.com"),
  },
  {
    note: "word\u00a0with\u3000odd\u2003spaces\u200bzero\u00adhyphen",
    ...address("山田 花子", "東京", "JP"),
  },
  { note: "『日本語』、テスト・ノート。", tags: "チェック済み,確認" },
  { note: "مرحبا بالعالم שלום עולם", ...customer(13, "שרה", null, null) },
  { note: "🐕🎁 👩‍👩‍👧 flags 🇩🇪", tags: "🎁" },
  { note: "a".repeat(300), tags: "b".repeat(150) },
  { note: `${"long note ".repeat(300)}needle-at-the-end` },
  { ...customer(14, null, null, "only.mail@example.com"), note: null },
  { ...customer(15, null, "Nur Nachname", null), ...address("", "", "") },
  { email: null, customer: null, ...address("Gast ohne Konto", "Köln", "de") },
  {
    line_items: [
      line("Tab\there", "SKU\t1", "New\nline"),
      line("Tea, green", "T-1/2", "100 g"),
      line("", null),
    ],
  },
  { line_items: [], note: "no lines" },
  { name: "EN-1001-A", note: "another prefix" },
  { name: "#1001", note: "a name twice" },
  {
    currency: "JPY",
    presentment_currency: "JPY",
    current_total_price: "1200",
    total_price: "1200",
    ...yen(),
  },
  { currency: "KWD", presentment_currency: "KWD", current_total_price: "9.995", total_price: "9.995" },
  { current_total_price: "-3.00", note: "more went back than came" },
  { current_total_price: "92233720368547.75", note: "a great deal" },
  { cancelled_at: "2026-11-02T00:00:00Z", source_name: "POS App", financial_status: "voided" },
  { financial_status: "PAID", fulfillment_status: "Odd-Word", source_name: "Wéb" },
  { created_at: "2026-10-25T00:30:00+02:00", note: "the night the clocks go back" },
  { created_at: "2026-10-24T22:00:00Z", note: "midnight in Berlin" },
  { test: true, closed_at: "2026-11-03T00:00:00Z", note: "\\u0041 \\\\ \"quoted\" 'single'" },
];

function yen() {
  return {
    subtotal_price: "1200",
    total_tax: "0",
    line_items: [{ ...line("Yen", "Y"), price: "1200" }],
    shipping_lines: [],
  };
}

/** @returns payloads as the webhook's body has them, each oddity with a few plain neighbours */
export function oddPayloads(): string[] {
  return oddities.flatMap((oddity, index) => [
    orderPayload({ name: `#${2_000 + index}`, ...oddity }),
    orderPayload({
      name: `#${3_000 + index}`,
      tags: "plain, hold",
      ...customer(100 + (index % 5), "Anna", "Berg", null),
    }),
  ]);
}
