import { answerAlive } from "../operations/answer-operator.server.ts";

export const loader = () => answerAlive();
