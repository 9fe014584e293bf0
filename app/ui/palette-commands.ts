import { findHandler, listBoundShortcuts, type ShortcutHandler } from "./shortcut-dispatcher.ts";

/** Something the palette can do without asking the server. */
export interface PaletteCommand {
  group: "Go to" | "Do";
  label: string;
  keys?: string;
  /** Where it leads; without it `run` does it. */
  to?: string;
  run: ShortcutHandler;
}

/** What has no shortcut of its own. */
const others: PaletteCommand[] = [
  { group: "Do", label: "Set tracking numbers from a pasted list", to: "/app/bulk/tracking", run: () => {} },
  { group: "Go to", label: "Settings", to: "/app/settings", run: () => {} },
  { group: "Do", label: "Audit the invoice numbers", to: "/app/invoices/audit", run: () => {} },
  { group: "Do", label: "Export orders", to: "/app/exports", run: () => {} },
];

/** What can be done on this screen: the bound shortcuts, except those that act on the row or form with the focus. */
export function listCommands(): PaletteCommand[] {
  const bound = listBoundShortcuts().filter(
    ({ scope, id }) => (scope !== "list" || id === "view") && scope !== "form" && id !== "palette",
  );
  return [
    ...bound.map((shortcut): PaletteCommand => {
      const { group, label, keys, to } = shortcut;
      const run = () => findHandler(shortcut)?.();
      return { group: group === "Go to" ? "Go to" : "Do", label, keys, ...(to && { to }), run };
    }),
    ...others,
  ];
}

/** Those of which every typed word begins some word. */
export function matchCommands(commands: PaletteCommand[], typed: string): PaletteCommand[] {
  const wanted = wordsOf(typed);
  return commands.filter(({ label, group }) => {
    const words = wordsOf(`${group} ${label}`);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);
