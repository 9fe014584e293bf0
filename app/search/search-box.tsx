import { useId } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { CrossMark } from "../ui/cross-mark.tsx";
import { PlainSession } from "../ui/plain-session.tsx";
import { ErrorUnderlines } from "./error-underlines.tsx";
import { searchHref } from "./search-href.ts";
import { optionId, SuggestionList } from "./suggestion-list.tsx";
import { type SearchBoxState, useSearchBox } from "./use-search-box.ts";

/** A page has one search box, and shortcuts find it by this. */
export const searchBoxId = "search";

interface SearchBoxProps extends SearchBoxState {
  /** What is searched, such as "Search orders". */
  label: string;
  placeholder?: string;
}

/** Below 16 px a phone zooms into the field it focuses. */
const face = "py-1.5 pr-9 pl-9 text-body max-sm:text-[1rem] max-sm:leading-6";

/**
 * The one box for everything that can be asked of a list. Without a script it is a plain form; with one it completes
 * keys and values and underlines what makes no sense. Its list of suggestions hangs below it, so nothing around it
 * may cut off what overflows.
 */
export function SearchBox({ label, placeholder, ...state }: SearchBoxProps) {
  const hydrated = useHydrated();
  const box = useSearchBox(state);
  const id = useId();
  const [listId, problemsId] = [`${id}-list`, `${id}-problems`];
  const { action, params = {} } = state;
  const expanded = box.items.length > 0;
  const { problems } = box;
  return (
    <search className="block min-w-0">
      <form
        method="get"
        action={action}
        onSubmit={(event) => {
          event.preventDefault();
          box.apply(box.typed);
        }}
      >
        {Object.entries(params).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <PlainSession />
        <div className="relative rounded-control bg-surface">
          <ErrorUnderlines text={box.typed} errors={problems} input={box.input} face={face} />
          <input
            ref={box.input}
            id={searchBoxId}
            name="q"
            type="search"
            value={box.typed}
            placeholder={placeholder}
            aria-label={label}
            aria-invalid={problems.length > 0 || undefined}
            aria-describedby={problems.length > 0 ? problemsId : undefined}
            {...(hydrated && {
              role: "combobox",
              "aria-autocomplete": "list",
              "aria-expanded": expanded,
              "aria-controls": expanded ? listId : undefined,
              "aria-activedescendant": expanded && box.active >= 0 ? optionId(listId, box.active) : undefined,
            })}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={1_000}
            onChange={({ target }) => box.change(target.value, target.selectionStart ?? target.value.length)}
            onSelect={({ currentTarget }) => box.moveCaret(currentTarget.selectionStart ?? 0)}
            onKeyDown={box.onKeyDown}
            onBlur={box.close}
            className={`relative block w-full appearance-none rounded-control border border-line-strong bg-transparent text-ink placeholder:text-ink-subtle focus-visible:rounded-control aria-invalid:border-on-critical [&::-webkit-search-cancel-button]:hidden ${face}`}
          />
          <button
            type="submit"
            aria-label="Search"
            className="absolute inset-y-0 left-0 grid w-9 place-items-center rounded-control text-ink-subtle hover:text-ink"
          >
            <svg viewBox="0 0 20 20" className="size-4" fill="none" stroke="currentColor" aria-hidden="true">
              <path
                d="M13.5 13.5L17 17M15 9A6 6 0 1 1 3 9a6 6 0 0 1 12 0z"
                strokeWidth="1.75"
                strokeLinecap="round"
              />
            </svg>
          </button>
          {box.typed !== "" && (
            <AppLink
              to={searchHref(action, params, "")}
              state={atTop}
              aria-label="Clear search"
              onClick={() => {
                box.change("", 0);
                box.input.current?.focus();
              }}
              className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-control text-ink-subtle hover:text-ink"
            >
              <CrossMark />
            </AppLink>
          )}
          {expanded && (
            <SuggestionList id={listId} items={box.items} active={box.active} onChoose={box.choose} />
          )}
        </div>
      </form>
      {/* Always there, so that what appears in it is announced. */}
      <div role="status" id={problemsId}>
        {problems.length > 0 && (
          <ul className="mt-1.5 grid gap-1">
            {problems.map(({ start, message }) => (
              <li key={start + message} className="flex items-start gap-1 text-body text-on-critical">
                <span aria-hidden="true">!</span>
                <span className="min-w-0 break-words">{message}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </search>
  );
}
