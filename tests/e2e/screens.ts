import type { FrameLocator } from "playwright/test";

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
  { name: "bulk-actions", path: "app/bulk" },
  { name: "bulk-tracking", path: "app/bulk/tracking" },
  { name: "exports", path: "app/exports" },
  { name: "shipping", path: "app/settings/shipping" },
  { name: "deliveries", path: "app/deliveries" },
  { name: "privacy", path: "app/privacy" },
];
