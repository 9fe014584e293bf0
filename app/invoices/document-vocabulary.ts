import type { SearchVocabulary } from "../search/query.ts";
import { kindLabels, paymentStates, stateLabels } from "./document-row.ts";

/** What invoices and credit notes can be searched for. */
export const documentVocabulary: SearchVocabulary = {
  fields: [
    {
      name: "kind",
      label: "Kind",
      kind: "keyword",
      values: Object.entries(kindLabels).map(([value, label]) => ({ value, label })),
      example: "kind:credit_note",
      description: "Invoice or credit note.",
    },
    {
      name: "status",
      label: "Status",
      kind: "keyword",
      values: paymentStates.map((value) => ({ value, label: stateLabels[value] })),
      example: "status:overdue,partly_paid",
      description: "Where its payment stands. Several values mean any of them.",
    },
    {
      name: "number",
      label: "Number",
      kind: "words",
      example: "number:INV-2026",
      description: "The document's number, or how its parts begin; with or without leading zeros.",
    },
    {
      name: "order",
      label: "Order",
      kind: "words",
      example: "order:1042",
      description: "The order's name, or how it begins. #1042 finds exactly that order's.",
    },
    {
      name: "buyer",
      label: "Buyer",
      kind: "words",
      example: "buyer:anna",
      description: "The company or person on the document, or how the words begin.",
    },
    {
      name: "email",
      label: "E-mail",
      kind: "words",
      example: "email:anna@example.com",
      description: "The buyer's e-mail address, or how its parts begin.",
    },
    {
      name: "total",
      label: "Total",
      kind: "money",
      example: "total:>=100",
      description: "The document's total with tax, with a point before decimals.",
    },
    {
      name: "currency",
      label: "Currency",
      kind: "keyword",
      example: "currency:eur",
      description: "The currency's three letters.",
    },
    {
      name: "country",
      label: "Country",
      kind: "keyword",
      example: "country:de,at",
      description: "The buyer's country by its two letters.",
    },
    {
      name: "issued",
      label: "Issued",
      kind: "day",
      example: "issued:2026-11-01..2026-11-20",
      description: "The day printed on it. A month, a year, today and -7d work too.",
    },
    {
      name: "due",
      label: "Due",
      kind: "day",
      example: "due:<today",
      description: "The day by which it is to be paid.",
    },
  ],
  flags: [
    { prefix: "is", value: "open", label: "Still to be paid" },
    { prefix: "has", value: "email", label: "Has an e-mail address" },
  ],
};
