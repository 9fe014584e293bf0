/**
 * The reads of the screen's data that are under way, over all its loaders, so that a live update knows when the
 * screen has been read and whether all of it was.
 *
 * The router's own word for it (`useRevalidator().state`) is not enough: React may draw "loading" and the "idle"
 * after it as one, and a read that fails at once is then never seen to end.
 */
let underWay = 0;
let missed = false;
let settled: (complete: boolean) => void = () => {};

/** Sets who hears of the end of a read: true when every loader has answered, false when one kept its old answer. */
export function onScreenRead(listener: (complete: boolean) => void): () => void {
  settled = listener;
  return () => {
    settled = () => {};
  };
}

/** Counts one loader's read. @returns what to call at its end, with false when it kept its old answer */
export function beginLoaderRead(): (answered: boolean) => void {
  underWay += 1;
  return (answered) => {
    underWay -= 1;
    missed ||= !answered;
    if (underWay > 0) return;
    const complete = !missed;
    missed = false;
    settled(complete);
  };
}
