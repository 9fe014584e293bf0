import { changeLabel, describeValue, type FieldValue } from "../orders/describe-change.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Badge } from "../ui/badge.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import type { ItemState } from "./bulk-kind.ts";
import { isDraft } from "./bulk-state.ts";
import { type BulkWords, itemsTitle } from "./bulk-words.ts";
import { itemLook } from "./describe-bulk-action.ts";
import type { BulkItemPage, BulkItemRow } from "./list-bulk-items.server.ts";

/** The orders of an action, each with what becomes or became of it. */
export function BulkItemList({
  action,
  page,
  state,
}: {
  action: Pick<BulkActionSummary, "id" | "state" | "words">;
  page: BulkItemPage;
  /** Only these. */
  state: ItemState | null;
}) {
  const { words } = action;
  const foreseen = isDraft(action.state);
  const more = new URLSearchParams({ ...(state && { state }), after: String(page.after) });
  return (
    <Card title={itemsTitle(words)} flush>
      {!foreseen && <StateTabs id={action.id} state={state} words={words} />}
      {page.items.length > 0 ? (
        <ul className="border-t border-line">
          {page.items.map((item) => (
            <Item
              key={item.position}
              item={item}
              words={words}
              label={
                item.state === "open" && action.state === "cancelled"
                  ? "Not reached"
                  : itemLook(item.state, words)[foreseen ? "draft" : "done"]
              }
            />
          ))}
        </ul>
      ) : (
        <p className="border-t border-line px-4 py-6 text-center text-ink-subtle">No {words.item[1]} here.</p>
      )}
      {page.after !== null && (
        <div className="flex justify-center border-t border-line bg-surface-subtle p-2">
          <ButtonLink to={`/app/bulk/${action.id}?${more}`} rel="next" preventScrollReset>
            Next {words.item[1]} →
          </ButtonLink>
        </div>
      )}
    </Card>
  );
}

const tabs: (ItemState | null)[] = [null, "changed", "unchanged", "conflict", "refused", "failed"];

function StateTabs({ id, state, words }: { id: string; state: ItemState | null; words: BulkWords }) {
  return (
    <nav aria-label="Outcomes" className="overflow-x-auto px-2.5 pb-1.5">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab}>
            <AppLink
              to={`/app/bulk/${id}${tab ? `?state=${tab}` : ""}`}
              preventScrollReset
              aria-current={tab === state ? "page" : undefined}
              className="block rounded-control px-2 py-1.5 text-small font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover focus-visible:outline-offset-[-2px] aria-[current=page]:bg-neutral aria-[current=page]:text-ink"
            >
              {tab ? itemLook(tab, words).done : "All"}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Item({ item, label, words }: { item: BulkItemRow; label: string; words: BulkWords }) {
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-b border-line px-4 py-2 last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <p className="min-w-0 truncate">
        {item.subject ? (
          <AppLink to={item.subject.path} className="font-semibold text-link hover:underline">
            {item.subject.name}
          </AppLink>
        ) : (
          <span className="text-ink-subtle">Deleted {words.item[0]}</span>
        )}
        {item.subject && <span className="text-ink-subtle"> {item.subject.detail}</span>}
      </p>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <Values item={item} />
        {item.reason && <p className="text-ink-subtle">{item.reason}</p>}
      </div>
      <p className="sm:text-right">
        <Badge tone={itemLook(item.state, words).tone}>{label}</Badge>
      </p>
    </li>
  );
}

/** None of the fields that an action changes is an amount or a time. */
const terms = { currency: "", presentmentCurrency: "", timeZone: "UTC" };

function Values({ item: { before, after } }: { item: BulkItemRow }) {
  if (!before || !after) return null;
  const [from, to] = [before as Record<string, FieldValue>, after as Record<string, FieldValue>];
  return (
    <dl>
      {Object.keys(to).map((field) => (
        <div key={field} className="flex flex-wrap gap-x-1.5">
          <dt className="text-ink-subtle">{changeLabel(field)}:</dt>
          <dd>
            <span className="sr-only">from </span>
            <span className="text-ink-subtle">{describeValue(field, from[field], terms) ?? "none"}</span>
            <span aria-hidden="true"> → </span>
            <span className="sr-only"> to </span>
            {describeValue(field, to[field], terms) ?? "none"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
