import {
  changeLabel,
  describeValue,
  listChanges,
  type OrderTerms,
  type VersionChanges,
} from "./describe-change.ts";

/** Which fields changed, from what to what; without a shipment's word, which the entry's heading says. */
export function TimelineChanges({ changes, terms }: { changes: VersionChanges; terms: OrderTerms }) {
  const fields = listChanges(changes).filter(([field]) => field !== "shipment");
  if (fields.length === 0) return null;
  return (
    <dl className="mt-1 grid gap-0.5 text-ink-subtle">
      {fields.map(([field, { from, to, erased }]) => (
        <div key={field} className="flex flex-wrap gap-x-1.5">
          <dt>{changeLabel(field)}:</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">
            {erased ? (
              <em>erased</em>
            ) : (
              <Change before={describeValue(field, from, terms)} after={describeValue(field, to, terms)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Change({ before, after }: { before: string | null; after: string | null }) {
  // Two values may read the same, such as a line's price under the same number of units.
  if (before === after) return <span className="text-ink">changed</span>;
  return (
    <>
      <span className="sr-only">from </span>
      {before === null ? <em>none</em> : <span>{before}</span>}
      <span aria-hidden="true"> → </span>
      <span className="sr-only"> to </span>
      {after === null ? <em>none</em> : <span className="text-ink">{after}</span>}
    </>
  );
}
