import { type ComponentType, useEffect, useState } from "react";
import type { FiguresDrawingProps } from "./figures-drawing.tsx";

type Drawing = ComponentType<FiguresDrawingProps>;

/** Kept, so that coming back to the screen draws at once. */
let loaded: Drawing | null = null;

/** A chart in a box of its final size. Nothing for a screen reader: the table says the same. */
export function FiguresChart(props: FiguresDrawingProps) {
  const { Drawing, away } = useDrawing();
  return (
    <div className="h-56" aria-hidden="true" data-chart={props.kind}>
      {Drawing ? (
        <Drawing {...props} />
      ) : (
        <p className="grid h-full place-items-center rounded-control bg-surface-subtle px-4 text-center text-ink-subtle">
          {away && "The chart comes when the connection is back. The table has the same."}
        </p>
      )}
    </div>
  );
}

/** Safari has no idle callback. */
const laterMs = 500;

/**
 * The drawing comes when the page stands, so that its code does not weigh on the first sight of the figures, and a
 * network that is away costs the chart and not the page: hence no `lazy`, which would throw, and for good.
 */
function useDrawing(): { Drawing: Drawing | null; away: boolean } {
  const [drawing, setDrawing] = useState(() => loaded);
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (drawing) return;
    const load = async () => {
      try {
        loaded = (await import("./figures-drawing.tsx")).FiguresDrawing;
        setDrawing(() => loaded);
      } catch {
        setAway(true);
      }
    };
    window.addEventListener("online", load);
    const cancel = whenIdle(load);
    return () => {
      cancel();
      window.removeEventListener("online", load);
    };
  }, [drawing]);
  return { Drawing: drawing, away };
}

function whenIdle(run: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(run, laterMs);
    return () => clearTimeout(timer);
  }
  const callback = requestIdleCallback(run, { timeout: laterMs });
  return () => cancelIdleCallback(callback);
}
