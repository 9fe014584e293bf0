import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { AppForm } from "../ui/app-form.tsx";
import { AppLink } from "../ui/app-link.tsx";
import { buttonClass } from "../ui/button.tsx";
import { exportFormatNames, exportFormats, type ListScreen } from "./export-format.ts";

const item =
  "block w-full rounded-control px-3 py-1.5 text-left hover:bg-surface-hover focus-visible:outline-offset-[-2px]";

interface ExportMenuProps {
  screen: ListScreen;
  address: { q: string; sort: string; direction: string };
  columns: readonly string[];
}

/** Writes the list as it is shown to a file. A native disclosure, so that it opens without JavaScript too. */
export function ExportMenu({ screen, address, columns }: ExportMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute("open");
  useEffect(() => {
    const closeFromOutside = ({ target }: PointerEvent) => {
      if (!menu.current?.contains(target as Node)) menu.current?.removeAttribute("open");
    };
    document.addEventListener("pointerdown", closeFromOutside);
    return () => document.removeEventListener("pointerdown", closeFromOutside);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    event.stopPropagation();
    close();
    menu.current.querySelector("summary")?.focus();
  };
  const onBlur = (event: FocusEvent) => {
    // Without a target the focus may still be on its way to one of our buttons: Safari gives them none.
    if (event.relatedTarget && !menu.current?.contains(event.relatedTarget)) close();
  };
  return (
    <details ref={menu} className="relative" onKeyDown={onKeyDown} onBlur={onBlur}>
      <summary
        className={buttonClass("secondary", "cursor-pointer list-none [&::-webkit-details-marker]:hidden")}
      >
        Export
        <svg viewBox="0 0 10 6" className="w-2.5" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M1 1l4 4 4-4" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </summary>
      <div className="absolute right-0 z-30 mt-1 w-64 rounded-card bg-surface p-1.5 shadow-raised">
        <AppForm action="/app/exports" onSubmit={close}>
          <input type="hidden" name="screen" value={screen} />
          <input type="hidden" name="q" value={address.q} />
          <input type="hidden" name="sort" value={`${address.sort}-${address.direction}`} />
          <input type="hidden" name="columns" value={columns.join(",")} />
          <ul aria-label="Export this list as">
            {exportFormatNames.map((format) => (
              <li key={format}>
                <button type="submit" name="format" value={format} className={item}>
                  <span className="block font-medium">{exportFormats[format].label}</span>
                  <span className="block text-small text-ink-subtle">{exportFormats[format].hint}</span>
                </button>
              </li>
            ))}
          </ul>
        </AppForm>
        <div className="mt-1 border-t border-line pt-1">
          <AppLink to="/app/exports" className={`${item} font-medium`}>
            Recent exports
          </AppLink>
        </div>
      </div>
    </details>
  );
}
