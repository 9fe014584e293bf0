import { AppForm } from "../ui/app-form.tsx";
import { Badge, type Pip } from "../ui/badge.tsx";
import { Button, ButtonLink, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Time } from "../ui/time.tsx";
import type { Tone } from "../ui/tone.ts";
import { describeList, describeProgress } from "./describe-export.ts";
import { exportFormats } from "./export-format.ts";
import type { ListExport } from "./list-export.ts";

/** An export with the address of its file, while it has one. */
export interface ListedExport extends ListExport {
  href: string | null;
}

/** The files that were asked for, newest first. */
export function ExportList({ exports }: { exports: ListedExport[] }) {
  return (
    <Card title="Files" flush>
      {exports.length === 0 ? (
        <EmptyState title="No exports yet">
          <p>
            Open the orders or the customers, search for what you need and choose Export. The file is listed
            here for a day.
          </p>
          <p>
            <ButtonLink to="/app/orders">Go to the orders</ButtonLink>
          </p>
        </EmptyState>
      ) : (
        <ul>
          {exports.map((one) => (
            <ExportItem key={one.id} item={one} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function ExportItem({ item }: { item: ListedExport }) {
  const title = describeList(item);
  const format = exportFormats[item.format].label;
  return (
    <li className="grid gap-x-4 gap-y-2 border-t border-line px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{title}</span>
          <Badge>{format}</Badge>
          <StateBadge {...item} />
        </p>
        <p className={item.state === "failed" ? "" : "text-ink-subtle"}>{describeProgress(item)}</p>
        {item.state === "running" && (
          <progress
            aria-label={`Progress of ${title}`}
            className={bar}
            value={item.written}
            max={Math.max(item.total ?? 0, 1)}
          />
        )}
        <p className="text-small text-ink-subtle">
          {item.actorName}, <Time at={item.createdAt} />
          {item.href && (
            <>
              {" · kept until "}
              <Time at={item.expiresAt} />
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {item.href && (
          // A download is a document of its own, past the router and App Bridge: its token says whose it is.
          <a href={item.href} className={buttonClass("primary")}>
            Download
            <span className="sr-only">
              {" "}
              {title} as {format}
            </span>
          </a>
        )}
        {item.href && item.format === "pdf" && (
          <a
            href={`${item.href}&print=1`}
            target="_blank"
            rel="noreferrer"
            className={buttonClass("secondary")}
          >
            Open to print<span className="sr-only"> {title}, in a new window</span>
          </a>
        )}
        {(item.state === "done" || item.state === "failed") && (
          <AppForm action="/app/exports">
            <input type="hidden" name="again" value={item.id} />
            <Button type="submit">
              Export again<span className="sr-only">: {title}</span>
            </Button>
          </AppForm>
        )}
      </div>
    </li>
  );
}

/** A browser's own bar follows no colour scheme of ours. */
const bar =
  "h-1.5 w-full max-w-96 appearance-none overflow-hidden rounded-full border-0 bg-neutral " +
  "[&::-moz-progress-bar]:bg-focus [&::-webkit-progress-bar]:bg-neutral [&::-webkit-progress-value]:bg-focus";

const states: Record<ListExport["state"], { tone: Tone; pip: Pip; label: string }> = {
  queued: { tone: "info", pip: "empty", label: "Waiting" },
  running: { tone: "info", pip: "half", label: "Being written" },
  done: { tone: "success", pip: "full", label: "Ready" },
  failed: { tone: "critical", pip: "cross", label: "Failed" },
};

function StateBadge({ state, expired }: ListExport) {
  if (state === "done" && expired) return <Badge pip="cross">Expired</Badge>;
  const { tone, pip, label } = states[state];
  return (
    <Badge tone={tone} pip={pip}>
      {label}
    </Badge>
  );
}
