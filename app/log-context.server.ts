import { AsyncLocalStorage } from "node:async_hooks";

/** What every log line written on behalf of a request or a job carries. Ids only. */
export interface LogContext {
  requestId?: string;
  shopId?: string;
  job?: string;
  jobId?: string;
  traceId?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs something, and whatever it starts, with these ids on its log lines. */
export const withLogContext = <Result>(context: LogContext, run: () => Result): Result =>
  storage.run({ ...storage.getStore(), ...context }, run);

/** Adds to the ids of the running request or job, as soon as more is known: the shop, once it has signed in. */
export function addToLogContext(context: LogContext): void {
  const current = storage.getStore();
  if (current) Object.assign(current, context);
}

export const logContext = (): LogContext => storage.getStore() ?? {};
