import { useSyncExternalStore } from "react";

const storageKey = "atomic-orders single-key shortcuts";
const listeners = new Set<() => void>();
/** For browsers that keep nothing in a frame of another site. */
let chosen: boolean | null = null;

/** Whether characters alone are shortcuts. */
export function areSingleKeysOn(): boolean {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  chosen = on;
  try {
    localStorage.setItem(storageKey, on ? "on" : "off");
  } catch {
    // It then lasts as long as the page.
  }
  for (const tell of listeners) tell();
}

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    areSingleKeysOn,
    () => true,
  );
