import { type KeyboardEvent, useEffect, useRef } from "react";

/** What a list can be told by keyboard. */
export interface ListKeyActions {
  next(): void;
  previous(): void;
  toggle(): void;
  edit(): void;
  open(): void;
}

const letters: Record<string, keyof ListKeyActions> = { j: "next", k: "previous", x: "toggle", e: "edit" };

/** j, k, x and e wherever the focus is, as long as nobody types and no dialog is open. */
export function useListLetters(actions: ListKeyActions): void {
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const action = letters[event.key];
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      newest.current[action]();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

interface GridMoves {
  by(rows: number): void;
  toEnd(end: "first" | "last"): void;
  /** Rows that fit on the screen. */
  page(): number;
  open(): void;
  editCell(): void;
}

/** The keys of a grid, while a row has the focus. Space is left to the browser, which scrolls. */
export function onGridKey(event: KeyboardEvent, moves: GridMoves): void {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (!(target instanceof HTMLElement) || event.defaultPrevented || altKey || metaKey) return;
  if (isTyping(target) || (ctrlKey && key !== "Home" && key !== "End")) return;
  const move = gridMoves[key];
  const onRow = target.getAttribute("role") === "row";
  if (move) move(moves);
  else if (key === "Enter" && onRow) moves.open();
  else if (key === "F2") moves.editCell();
  else return;
  event.preventDefault();
}

const gridMoves: Record<string, (moves: GridMoves) => void> = {
  ArrowDown: (moves) => moves.by(1),
  ArrowUp: (moves) => moves.by(-1),
  PageDown: (moves) => moves.by(moves.page()),
  PageUp: (moves) => moves.by(-moves.page()),
  Home: (moves) => moves.toEnd("first"),
  End: (moves) => moves.toEnd("last"),
};

/** Text and choices take letters for themselves; a box to tick does not. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName);
}
