import { Card } from "../ui/card.tsx";
import { formatCount } from "./describe-bulk-action.ts";
import { type TrackingProblem, trackingVerdicts } from "./parse-tracking-lines.ts";

/** The pasted lines that cannot be used, each with its verdict. */
export function TrackingProblems({ problems, count }: { problems: TrackingProblem[]; count: number }) {
  if (count === 0) return null;
  return (
    <Card title={`${formatCount(count)} ${count === 1 ? "line" : "lines"} left out`} flush>
      <ul className="border-t border-line">
        {problems.map(({ line, text, verdict }) => (
          <li
            key={line}
            className="grid gap-x-4 border-b border-line px-4 py-2 last:border-b-0 sm:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)]"
          >
            <span className="text-ink-subtle tabular-nums">Line {formatCount(line)}</span>
            <code className="[overflow-wrap:anywhere]">{text}</code>
            <span>{trackingVerdicts[verdict]}</span>
          </li>
        ))}
      </ul>
      {count > problems.length && (
        <p className="px-4 py-2 text-ink-subtle">and {formatCount(count - problems.length)} more.</p>
      )}
    </Card>
  );
}
