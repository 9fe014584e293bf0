/** A span as it is drawn: times in epoch milliseconds. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** The service that sent it. */
  process: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, string | number | undefined>;
}

/** The spans of one trace as a tree, a line each: when it began after the first one, how long it took, and where. */
export function drawTrace(spans: Span[]): string[] {
  const first = Math.min(...spans.map(({ startMs }) => startMs));
  const known = new Set(spans.map(({ spanId }) => spanId));
  const byStart = [...spans].sort((a, b) => a.startMs - b.startMs);
  const draw = (span: Span, depth: number): string[] => {
    const name = `${"  ".repeat(depth)}${depth > 0 ? "└ " : ""}${span.name}`;
    const times = `at ${(span.startMs - first).toFixed(1).padStart(6)} ms, ${(span.endMs - span.startMs).toFixed(1).padStart(5)} ms`;
    const children = byStart.filter(({ parentSpanId }) => parentSpanId === span.spanId);
    return [
      `${name.padEnd(36)}${times}   ${span.process}`,
      ...children.flatMap((child) => draw(child, depth + 1)),
    ];
  };
  return byStart
    .filter(({ parentSpanId }) => !parentSpanId || !known.has(parentSpanId))
    .flatMap((root) => draw(root, 0));
}
