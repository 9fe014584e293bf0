export * from "./customers.ts";
export * from "./orders.ts";
export * from "./shops.ts";
export * from "./webhooks.ts";
