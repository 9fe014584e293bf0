import type { KeyboardEvent } from "react";
import { isTyping } from "../ui/shortcut-keys.ts";

interface GridMoves {
  by(rows: number): void;
  toEnd(end: "first" | "last"): void;
  /** Rows that fit on the screen. */
  page(): number;
  open(): void;
  /** Where cells can be edited. */
  editCell?(): void;
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
  else if (key === "F2" && moves.editCell) moves.editCell();
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
