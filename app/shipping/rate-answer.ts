import type { RateErrors, TypedRate } from "./rate-form.ts";

/** What the settings' action answers; what was typed comes back with every refusal. */
export interface RateAnswer {
  done: "saved" | "unchanged" | null;
  /** Null once it is saved: the form then shows what is stored. */
  typed: TypedRate | null;
  /** The version that the form goes on from. */
  openedVersion: number | null;
  errors: RateErrors;
  /** Somebody else has saved meanwhile. */
  conflict: boolean;
  /** The form was none of ours. */
  refused: boolean;
}

export const noRateAnswer: RateAnswer = {
  done: null,
  typed: null,
  openedVersion: null,
  errors: {},
  conflict: false,
  refused: false,
};
