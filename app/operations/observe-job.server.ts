import { log } from "../log.server.ts";
import { withLogContext } from "../log-context.server.ts";
import { jobDuration } from "../metrics.server.ts";
import { currentTraceId, inSpan } from "../trace.server.ts";

/** Runs a job with its name on every log line, its duration among the metrics and a span in the trace. */
export function observeJob(job: string, jobId: string, run: () => Promise<void>): Promise<void> {
  return inSpan(`job ${job}`, { attributes: { "job.id": jobId } }, () =>
    withLogContext({ job, jobId, traceId: currentTraceId() }, async () => {
      const end = jobDuration.startTimer({ name: job });
      try {
        await run();
        const seconds = end({ outcome: "done" });
        log.debug({ ms: Math.round(seconds * 1_000) }, "a job was done");
      } catch (error) {
        end({ outcome: "failed" });
        throw error;
      }
    }),
  );
}
