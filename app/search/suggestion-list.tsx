import { useEffect, useRef } from "react";
import type { Suggestion } from "./suggest.ts";

export const optionId = (listId: string, index: number) => `${listId}-${index}`;

interface SuggestionListProps {
  id: string;
  items: Suggestion[];
  /** The highlighted one, -1 for none. */
  active: number;
  onChoose: (item: Suggestion) => void;
}

/** The list below the box. The focus stays in the box, so nothing here can be reached by Tab. */
export function SuggestionList({ id, items, active, onChoose }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-control border border-line bg-surface p-1 shadow-raised"
      // The box must keep the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the combobox holds the focus and points here
        // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the combobox's
        <div
          key={item.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          onClick={() => onChoose(item)}
          className="flex min-h-8 cursor-pointer items-baseline gap-3 rounded-control px-2 py-1.5 hover:bg-surface-hover aria-selected:bg-neutral"
        >
          <span className="shrink-0 font-medium">{item.label}</span>
          <span className="min-w-0 truncate text-small text-ink-subtle">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
