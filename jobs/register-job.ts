import { log } from "../app/log.server.ts";
import { observeJob } from "../app/operations/observe-job.server.ts";
import type { Queue } from "../app/queue.server.ts";
import type { Job, WorkerContext } from "./define-job.ts";

/** Polling floor in seconds, with and without LISTEN; pg-boss does not announce retries. */
const pollSeconds = 2;

/**
 * From now on this process runs jobs of this name as they come, and those that wait one right after the other.
 * @param stopping aborts when the process stops; a job also hears of its own time limit
 */
export async function registerJob(
  queue: Queue,
  { name, atOnce, together, run }: Job,
  context: Omit<WorkerContext, "stopping">,
  stopping: AbortSignal,
): Promise<void> {
  const options = {
    batchSize: together,
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: pollSeconds,
  };
  for (let runner = 0; runner < atOnce; runner += 1) {
    let id = "";
    // Of jobs that are run together the first speaks for all.
    id = await queue.boss.work<unknown>(name, options, async (fetched) => {
      const [job] = fetched;
      try {
        if (!job) return;
        // pg-boss gives a job up when it runs into its limit and starts the next; this one must end then.
        const signal = AbortSignal.any([stopping, job.signal]);
        await observeJob(name, job.id, () => run({ ...context, stopping: signal }, job.data));
        if (job.signal.aborted)
          log.warn({ job: name, id: job.id }, "a job ran into its time limit and was ended");
      } catch (error) {
        log.error({ job: name, id: job?.id, error }, "a job failed and will be tried again");
        throw error;
      } finally {
        // Else pg-boss sleeps until its next poll although jobs wait: those of one transaction are announced once.
        if (fetched.length === together) queue.boss.notifyWorker(id);
      }
    });
  }
}
