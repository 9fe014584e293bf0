import type { FrameLocator } from "playwright/test";

/** Opens the newest order and what it would be invoiced with. */
async function openDraft(app: FrameLocator, first: string): Promise<void> {
  await app.getByRole("link", { name: first, exact: true }).first().click();
  await app.getByRole("link", { name: "Issue invoice" }).click();
  await app.getByRole("heading", { name: `Invoice for ${first}` }).waitFor();
}

async function openInvoice(app: FrameLocator, first: string): Promise<void> {
  await openDraft(app, first);
  await app.getByRole("button", { name: "Issue invoice" }).click();
  await app.getByRole("link", { name: "Download" }).waitFor();
}

/** Every screen of the app, for whoever has to look at all of them. `first` names the newest order. */
export interface ScreenToVisit {
  name: string;
  /** The address, or how to get there from the list of orders. */
  path?: string;
  open?: (app: FrameLocator, first: string) => Promise<void>;
  /** Needs an order to exist. */
  needsOrder?: true;
}

export const screensToVisit: ScreenToVisit[] = [
  { name: "home", path: "app" },
  { name: "orders", path: "app/orders" },
  { name: "orders-filtered", path: "app/orders?q=status%3Aconfirmed%20total%3A%3E%3D10" },
  { name: "orders-query-error", path: "app/orders?q=colour%3Ared%20total%3A%3Eabc" },
  {
    name: "order",
    path: "app/orders",
    needsOrder: true,
    open: async (app, first) => {
      await app.getByRole("link", { name: first, exact: true }).first().click();
      await app.getByRole("heading", { name: first }).waitFor();
    },
  },
  {
    name: "edit",
    path: "app/orders",
    needsOrder: true,
    open: async (app, first) => {
      await app.getByRole("link", { name: `Edit ${first}` }).click();
      await app.getByRole("textbox", { name: "Notes" }).waitFor();
    },
  },
  { name: "customers", path: "app/customers" },
  {
    name: "customer",
    path: "app/customers",
    needsOrder: true,
    open: async (app) => {
      await app.getByRole("main").getByRole("grid").getByRole("row").nth(1).getByRole("link").first().click();
      await app.getByRole("heading", { name: "Notes" }).waitFor();
    },
  },
  { name: "invoices", path: "app/invoices" },
  { name: "invoices-held", path: "app/invoices/held" },
  { name: "accounting", path: "app/invoices/accounting" },
  { name: "bulk-actions", path: "app/bulk" },
  { name: "bulk-tracking", path: "app/bulk/tracking" },
  { name: "exports", path: "app/exports" },
  { name: "issue-invoice", path: "app/orders", needsOrder: true, open: openDraft },
  { name: "invoice", path: "app/orders", needsOrder: true, open: openInvoice },
  {
    name: "credit-note",
    path: "app/orders",
    needsOrder: true,
    open: async (app, first) => {
      await openInvoice(app, first);
      await app.getByRole("link", { name: "Credit note", exact: true }).click();
      await app.getByRole("button", { name: "Preview" }).click();
      await app.getByRole("button", { name: "Issue credit note" }).waitFor();
    },
  },
  { name: "audit", path: "app/invoices/audit" },
  { name: "settings", path: "app/settings" },
  { name: "invoice-settings", path: "app/settings/invoices" },
  { name: "shipping", path: "app/settings/shipping" },
  { name: "deliveries", path: "app/deliveries" },
  { name: "privacy", path: "app/privacy" },
];
