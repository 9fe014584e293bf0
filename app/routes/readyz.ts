import { answerReady } from "../operations/answer-operator.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Whether a proxy should send requests here. */
export function loader(): Promise<Response> {
  const { db, env, hub, isStopping } = webProcess();
  return answerReady(db, {
    maxLagSeconds: env.READY_MAX_LAG_SECONDS,
    isListening: hub.isListening,
    isStopping: isStopping(),
  });
}
