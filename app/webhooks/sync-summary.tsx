import { AppLink } from "../ui/app-link.tsx";
import { Time } from "../ui/time.tsx";

/** Whether everything that Shopify sent is stored: the figures behind "up to date". */
export function SyncSummary({
  lastReceivedAt,
  reconciledUntil,
  open,
  failed,
  linkFailed = false,
}: {
  lastReceivedAt: string | null;
  reconciledUntil: string | null;
  open: number;
  failed: number;
  /** The failed ones are on another page. */
  linkFailed?: boolean;
}) {
  const failures = failed === 0 ? "None" : `${failed}${failed === 50 ? " or more" : ""}`;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
      <div>
        <dt className="text-small text-ink-subtle">Last delivery</dt>
        <dd>{lastReceivedAt ? <Time at={lastReceivedAt} /> : "None yet"}</dd>
      </div>
      <div>
        <dt className="text-small text-ink-subtle">Checked against Shopify</dt>
        <dd>{reconciledUntil ? <Time at={reconciledUntil} /> : "Not yet"}</dd>
      </div>
      <div>
        <dt className="text-small text-ink-subtle">Being processed</dt>
        <dd className="tabular-nums">{open === 0 ? "None" : open}</dd>
      </div>
      <div>
        <dt className="text-small text-ink-subtle">Failed</dt>
        <dd className="tabular-nums">
          {linkFailed && failed > 0 ? (
            <AppLink
              to="/app/deliveries"
              className="inline-block min-w-6 py-0.5 font-semibold text-on-critical underline"
            >
              {failures}
              <span className="sr-only"> failed deliveries</span>
            </AppLink>
          ) : (
            failures
          )}
        </dd>
      </div>
    </dl>
  );
}
