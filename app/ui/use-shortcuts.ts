import { useEffect, useRef } from "react";
import { bindShortcuts, type ShortcutHandler, type ShortcutHandlers } from "./shortcut-dispatcher.ts";
import type { ShortcutId, ShortcutScope } from "./shortcuts.ts";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** Says what a scope's shortcuts do while the component is there. The innermost scope with a handler is asked first. */
export function useShortcuts<Scope extends ShortcutScope>(
  scope: Scope,
  handlers: Partial<Record<ShortcutId<Scope>, ShortcutHandler>>,
): void {
  const newest = useRef<ShortcutHandlers>(handlers);
  // With what is drawn, so that a key acts on what is seen.
  useBrowserLayoutEffect(() => {
    newest.current = handlers;
  });
  useEffect(() => bindShortcuts(scope, newest), [scope]);
}
