/**
 * Loaded before a process's own code (`--import`): its `Date` is off by CLOCK_SHIFT_MS. It is all that our code asks
 * for the time of day; timers and PostgreSQL's own `now()` stay right.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;
const now = () => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, wanted) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, wanted),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
