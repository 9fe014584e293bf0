export * from "./customers.ts";
export * from "./desk.ts";
export * from "./invoices.ts";
export * from "./mail.ts";
export * from "./orders.ts";
export * from "./shops.ts";
export * from "./webhooks.ts";
