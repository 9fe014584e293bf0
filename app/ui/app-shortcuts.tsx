import { useLocation, useNavigate } from "@remix-run/react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { atTop } from "./at-top.ts";
import { onShortcutKey } from "./shortcut-dispatcher.ts";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { type Shortcut, shortcuts } from "./shortcuts.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const CommandPalette = lazy(() => import("./command-palette.tsx"));

/** The id of a list's search box. */
const searchBoxId = "search";

/** The shortcuts that only lead somewhere. */
const screens = shortcuts.flatMap(({ id, to }: Shortcut) => (to === undefined ? [] : [{ id, to }]));

const button =
  "grid size-8 shrink-0 place-items-center rounded-control text-ink-subtle hover:bg-surface-hover hover:text-ink";

/** Listens for the keyboard on every screen, and offers palette and sheet to the mouse as well. */
export function AppShortcuts() {
  const [open, setOpen] = useState<"palette" | "sheet" | null>(null);
  const navigate = useNavigate();
  const findSearch = useFindSearch();
  useShortcuts("app", {
    palette: () => setOpen("palette"),
    help: () => setOpen("sheet"),
    search: findSearch,
    ...Object.fromEntries(screens.map(({ id, to }) => [id, () => navigate(to, { state: atTop })])),
  });
  useEffect(() => {
    window.addEventListener("keydown", onShortcutKey);
    return () => window.removeEventListener("keydown", onShortcutKey);
  }, []);
  const close = () => setOpen(null);
  return (
    <>
      <span className="flex [@media(scripting:none)]:hidden">
        <button
          type="button"
          aria-label="Find or do something"
          title="Find or do something"
          className={button}
          onClick={() => setOpen("palette")}
        >
          <Icon path="M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4" />
        </button>
        <button
          type="button"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts"
          // A phone has no room for it, nor a keyboard; the palette leads to the sheet too.
          className={`${button} max-sm:hidden`}
          onClick={() => setOpen("sheet")}
        >
          <Icon path="M3.5 5.5h13a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M7 11.5h6" />
        </button>
      </span>
      {open === "sheet" && <ShortcutSheet onClose={close} />}
      {open === "palette" && (
        <Suspense>
          <CommandPalette onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** Puts the cursor into the search box; from a screen without one it goes to the orders first. */
function useFindSearch(): () => void {
  const navigate = useNavigate();
  const { key } = useLocation();
  const wanted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new screen may be the one with the box
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    focusSearch();
  }, [key]);
  return () => {
    if (focusSearch()) return;
    wanted.current = true;
    navigate("/app/orders", { state: atTop });
  };
}

function focusSearch(): boolean {
  const box = document.getElementById(searchBoxId);
  if (!(box instanceof HTMLInputElement)) return false;
  box.focus();
  box.select();
  return true;
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 20 20" className="size-5" fill="none" stroke="currentColor" aria-hidden="true">
      <path d={path} strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
