/** Where a shortcut acts: on every screen, in a list, on an order's page, in a form's dialog. */
export type ShortcutScope = "app" | "list" | "order" | "document" | "form";

export interface Shortcut {
  scope: ShortcutScope;
  id: string;
  /** Keys as `event.key` names them; a space divides keys pressed one after the other, `Mod` is ⌘ or Ctrl. */
  keys: string;
  label: string;
  group: string;
  /** Where it leads, for those that only lead somewhere. */
  to?: string;
  /** Holding the key down goes on. */
  repeats?: true;
}

/** Every shortcut there is. The sheet, the palette and the tests read it; nothing else names a key. */
export const shortcuts = [
  { scope: "app", id: "palette", keys: "Mod+k", label: "Go to, find or do something", group: "Everywhere" },
  { scope: "app", id: "help", keys: "?", label: "Keyboard shortcuts", group: "Everywhere" },
  { scope: "app", id: "search", keys: "/", label: "Search the list", group: "Everywhere" },
  { scope: "app", id: "home", keys: "g h", label: "Home", group: "Go to", to: "/app" },
  { scope: "app", id: "orders", keys: "g o", label: "Orders", group: "Go to", to: "/app/orders" },
  { scope: "app", id: "invoices", keys: "g i", label: "Invoices", group: "Go to", to: "/app/invoices" },
  { scope: "app", id: "customers", keys: "g c", label: "Customers", group: "Go to", to: "/app/customers" },
  { scope: "app", id: "bulk", keys: "g b", label: "Bulk actions", group: "Go to", to: "/app/bulk" },
  { scope: "app", id: "exports", keys: "g e", label: "Exports", group: "Go to", to: "/app/exports" },
  { scope: "app", id: "deliveries", keys: "g d", label: "Deliveries", group: "Go to", to: "/app/deliveries" },
  { scope: "app", id: "privacy", keys: "g p", label: "Privacy", group: "Go to", to: "/app/privacy" },
  {
    scope: "app",
    id: "settings",
    keys: "g s",
    label: "Shipping rate",
    group: "Go to",
    to: "/app/settings/shipping",
  },
  {
    scope: "app",
    id: "invoiceSettings",
    keys: "g n",
    label: "Invoice settings",
    group: "Go to",
    to: "/app/settings/invoices",
  },
  { scope: "list", id: "next", keys: "j", label: "Next row", group: "In a list", repeats: true },
  { scope: "list", id: "previous", keys: "k", label: "Previous row", group: "In a list", repeats: true },
  { scope: "list", id: "toggle", keys: "x", label: "Tick or untick the row", group: "In a list" },
  { scope: "list", id: "edit", keys: "e", label: "Edit the row", group: "In a list" },
  { scope: "list", id: "open", keys: "Enter", label: "Open the row", group: "In a list" },
  { scope: "list", id: "view", keys: "v", label: "Save the list as a new view", group: "In a list" },
  { scope: "order", id: "next", keys: "j", label: "Next order of the list", group: "On an order's page" },
  {
    scope: "order",
    id: "previous",
    keys: "k",
    label: "Previous order of the list",
    group: "On an order's page",
  },
  { scope: "order", id: "edit", keys: "e", label: "Edit the order", group: "On an order's page" },
  {
    scope: "document",
    id: "next",
    keys: "j",
    label: "Next document of the list",
    group: "On an invoice's page",
  },
  {
    scope: "document",
    id: "previous",
    keys: "k",
    label: "Previous document of the list",
    group: "On an invoice's page",
  },
  { scope: "document", id: "print", keys: "p", label: "Print the document", group: "On an invoice's page" },
  {
    scope: "document",
    id: "download",
    keys: "d",
    label: "Download the document",
    group: "On an invoice's page",
  },
  { scope: "form", id: "save", keys: "Mod+Enter", label: "Save", group: "In the edit form" },
] as const satisfies readonly Shortcut[];

export type ShortcutId<Scope extends ShortcutScope> = Extract<
  (typeof shortcuts)[number],
  { scope: Scope }
>["id"];

/** The innermost first: what is asked for when two scopes know a key. */
export const scopesInwards: readonly ShortcutScope[] = ["form", "document", "order", "list", "app"];

/** Characters alone, which speech input may type by accident: these can be switched off (WCAG 2.1.4). */
export const isSingleKey = ({ keys }: Pick<Shortcut, "keys">): boolean =>
  !keys.includes("+") && keys !== "Enter";
