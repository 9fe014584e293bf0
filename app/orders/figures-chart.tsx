import { lazy, Suspense, useEffect, useState } from "react";
import type { FiguresDrawingProps } from "./figures-drawing.tsx";

/**
 * The drawing comes when the page stands, so that its code does not weigh on the first sight of the figures. A
 * network that is away then must not cost the page.
 */
const FiguresDrawing = lazy(async () => {
  try {
    return { default: (await import("./figures-drawing.tsx")).FiguresDrawing };
  } catch {
    return { default: NoDrawing };
  }
});

/** A chart in a box of its final size. Nothing for a screen reader: the table says the same. */
export function FiguresChart(props: FiguresDrawingProps) {
  const idle = useIdle();
  const waiting = <div className="h-full rounded-control bg-surface-subtle" />;
  return (
    <div className="h-56" aria-hidden="true" data-chart={props.kind}>
      {idle ? (
        <Suspense fallback={waiting}>
          <FiguresDrawing {...props} />
        </Suspense>
      ) : (
        waiting
      )}
    </div>
  );
}

function NoDrawing(_props: FiguresDrawingProps) {
  return (
    <p className="grid h-full place-items-center rounded-control bg-surface-subtle text-ink-subtle">
      The chart could not be loaded. The table has the same.
    </p>
  );
}

/** Safari has no idle callback. */
const laterMs = 500;

function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const begin = () => setIdle(true);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(begin, laterMs);
      return () => clearTimeout(timer);
    }
    const callback = requestIdleCallback(begin, { timeout: laterMs });
    return () => cancelIdleCallback(callback);
  }, []);
  return idle;
}
