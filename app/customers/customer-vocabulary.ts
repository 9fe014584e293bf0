import type { SearchVocabulary } from "../search/query.ts";

/** What customers can be searched for. */
export const customerVocabulary: SearchVocabulary = {
  fields: [
    {
      name: "name",
      label: "Name",
      kind: "words",
      example: "name:anna",
      description: "The customer's name, or how its words begin.",
    },
    {
      name: "email",
      label: "E-mail",
      kind: "words",
      example: "email:anna@example.com",
      description: "The e-mail address, or how its parts begin.",
    },
    {
      name: "phone",
      label: "Phone",
      kind: "words",
      example: "phone:49170",
      description: "The phone number, or how its parts begin.",
    },
    {
      name: "orders",
      label: "Orders",
      kind: "number",
      example: "orders:>=2",
      description: "How many orders the customer has placed.",
    },
    {
      name: "spent",
      label: "Spent",
      kind: "money",
      example: "spent:>=100",
      description: "What the customer has spent in the shop's currency, with a point before decimals.",
    },
    {
      name: "last_order",
      label: "Last order",
      kind: "day",
      example: "last_order:-30d..",
      description: "When the latest order was placed. A month, a year, today and -7d work too.",
    },
    {
      name: "created",
      label: "Created",
      kind: "day",
      example: "created:2026-11",
      description: "When we first heard of the customer.",
    },
  ],
  flags: [
    { prefix: "is", value: "erased", label: "Erased" },
    { prefix: "has", value: "note", label: "Has a note" },
    { prefix: "has", value: "order", label: "Has an order" },
  ],
};
