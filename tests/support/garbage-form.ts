import type { SeededRandom } from "../../drizzle/seeds/seeded-random.ts";

/** Forms of garbage for every route that takes one: for the flow test, and for the chaos run. */

/** What a form may name: ids of rows that are there. */
export interface FormIds {
  order: string;
  document: string;
  customer: string;
  bulk: string;
  view: string;
}

const scraps = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\u202e",
  "🐕‍🦺",
  "'; drop table orders --",
  "{}",
  "[]",
  "null",
  "__proto__",
  "constructor",
  "0",
  "1",
  "-1",
  "1.5",
  "1e400",
  "2147483648",
  "9223372036854775808",
  "99999999999999999999999999",
  "NaN",
  "Infinity",
  "x,y\n#1,T1\n\n,,,\n#2,DHL,T2",
  '"#1","T',
  "#1\tT1\0",
  "a".repeat(6_000),
  "status:shipped",
  'tag:"',
  "orders",
  "customers",
  "csv",
  "xlsx",
  "created-desc",
  "constructor-desc",
  "all",
];
const seen = JSON.stringify({ name: "A view", team: true, query: "", sort: "", columns: [] });

/** What each field may be, beside garbage: enough for a form to get past the first door. */
export const usual: Record<string, readonly string[]> = {
  kind: ["add_tag", "remove_tag", "set_status", "set_tracking", "undo", "undecided"].concat([
    "issue_invoices",
    "mark_paid",
    "send_mail",
    "zip",
    "pdf",
  ]),
  period: ["2026-01-01..2026-12-31"],
  status: ["PENDING", "SHIPPED", "CANCELLED"],
  screen: ["orders", "customers"],
  format: ["csv", "jsonl"],
  seen: [seen],
  version: ["1", "2"],
  openedVersion: ["1"],
  theirVersion: ["1"],
  decidedVersion: ["1"],
  all: ["1"],
  answer: ["data"],
  part: ["seller", "numbering", "automation", "taxes", "template", "mail", "logo"],
  opened: ["{}"],
  by: ["full", "lines", "amount"],
  amount: ["1.00"],
  paidOn: ["2026-11-25"],
  line: ["item:11"],
  quantity: ["1"],
  color: ["#1f4f8b"],
  language: ["en"],
  termsDays: ["14"],
  trigger: ["by_hand", "paid"],
  rounding: ["line", "document"],
  "invoice.prefix": ["INV-{YYYY}-"],
  "credit_note.prefix": ["CN-{YYYY}-"],
  "invoice.padding": ["4"],
  "credit_note.padding": ["4"],
  "invoice.start": ["1"],
  "credit_note.start": ["1"],
  field: ["note", "status"],
};

export const intents: Record<string, readonly string[]> = {
  "app.bulk_.$bulkId": ["choose", "start", "stop", "undo", "retry"],
  "app.views": [
    "create",
    "rename",
    "update",
    "share",
    "unshare",
    "delete",
    "left",
    "right",
    "restore",
  ].concat(["default", "nodefault"]),
  "app.settings.shipping": ["save", "overwrite", "add-step", "remove-step.0", "remove-step.99"],
  "app.settings.invoices": ["save", "overwrite", "preview", "logo", "remove-logo"],
  "app.invoices_.$documentId": ["record_payment", "undo_payment"],
  "app.invoices_.$documentId_.credit": ["preview", "issue"],
  "app.orders_.$orderId": ["add_tag", "remove_tag", "reviewed", "restore", "dismiss_draft"],
  "app.orders.$orderId.edit": ["save", "refresh", "force"],
};

export const fields: Record<string, readonly string[]> = {
  "app.bulk_.new": ["ids", "ids", "all", "q", "kind", "status", "tag"],
  "app.bulk_.tracking": ["lines"],
  "app.invoices_.bulk": ["ids", "ids", "all", "q", "kind"],
  "app.invoices_.accounting": ["period"],
  "app.bulk_.$bulkId": ["intent", "kind", "status", "tag"],
  "app.exports": ["screen", "format", "q", "sort", "columns", "ids", "ids", "all", "again"],
  "app.views": ["intent", "screen", "q", "sort", "columns", "view", "version", "seen", "name", "team"],
  "app.settings.shipping": [
    "intent",
    "version",
    "theirVersion",
    "flatFee",
    "freeFrom",
    "upTo",
    "upTo",
    "fee",
    "fee",
  ],
  "app.settings.invoices": ["intent", "part", "version", "theirVersion", "opened", "file"]
    .concat(["name", "address", "countryCode", "taxLabel.0", "taxValue.0", "iban", "bic", "email", "footer"])
    .concat(["invoice.prefix", "invoice.padding", "invoice.yearly", "invoice.start"])
    .concat(["credit_note.prefix", "credit_note.padding", "credit_note.yearly", "credit_note.start"])
    .concat(["trigger", "since", "excludeTags", "sendByEmail", "rounding", "zeroReason", "vatIdAttributes"])
    .concat(["color", "language", "termsDays", "notes", "fromName", "replyTo", "subject", "body"]),
  "app.invoices_.$documentId": ["intent", "amount", "paidOn", "note", "paymentId"],
  "app.invoices_.$documentId_.credit": ["intent", "by", "line", "quantity", "amount", "reason"],
  "app.orders_.$orderId_.invoice": ["billHash"],
  "app.customers_.$customerId": ["version", "openedNote", "note", "decidedVersion"],
  "app.orders_.$orderId": ["intent", "openedVersion", "version", "tag", "draftId"],
  "app.orders.$orderId.edit": [
    "intent",
    "version",
    "decidedVersion",
    "status",
    "trackingCompany",
    "trackingNumber",
  ].concat(["note", "openedNote", "answer", "choice.note"]),
};

/** The address of a route, its parameters filled in. */
export const formPath = (route: string, ids: FormIds) =>
  `/${route.replaceAll("_.", "/").replaceAll(".", "/")}`
    .replace("$orderId", ids.order)
    .replace("$customerId", ids.customer)
    .replace("$bulkId", ids.bulk)
    .replace("$documentId", ids.document);

/** @param sound how likely a field is what it should be */
function garbage(
  random: SeededRandom,
  route: string,
  name: string,
  { sound, ids }: { sound: number; ids: FormIds },
): string {
  const known = ["ids", "again"].includes(name)
    ? Object.values(ids)
    : name === "intent"
      ? intents[route]
      : name === "view"
        ? [ids.view]
        : usual[name];
  if (known && random.chance(sound)) return random.pick(known);
  if (random.chance(0.2)) return random.pick(["\0", "a\0b", "\ud800"]);
  if (random.chance(0.15))
    return String.fromCharCode(
      ...Array.from({ length: random.integer(0, 20) }, () => random.integer(0, 0xffff)),
    );
  return random.pick(scraps);
}

/** A form as a browser might send it, or a stranger: fields missing, twice, or files where texts should be. */
export function garbageForm(random: SeededRandom, route: string, ids: FormIds): FormData | URLSearchParams {
  // Many forms have one thing wrong, some have everything.
  const sound = random.pick([0.5, 0.9, 1]);
  const pairs = (fields[route] ?? []).flatMap((name) => {
    if (random.chance((1 - sound) / 4)) return [];
    const values = random.chance(0.05) ? [name, name] : [name];
    return values.map(() => [name, garbage(random, route, name, { sound, ids })] as const);
  });
  if (!random.chance(0.2)) return new URLSearchParams(pairs.map(([name, value]) => [name, value]));
  const form = new FormData();
  for (const [name, value] of pairs)
    form.append(name, random.chance(0.2) ? new File([value], "a.txt") : value);
  return form;
}
