import type { TypedRate } from "./rate-form.ts";

export const addStep = "add-step";
export const removeStep = (index: number) => `remove-step.${index}`;

/** The form with one row more or less, as its buttons ask; anything else leaves it as it is. */
export function withStepChange(typed: TypedRate, intent: string): TypedRate {
  if (intent === addStep) return { ...typed, steps: [...typed.steps, { upTo: "", fee: "" }] };
  return { ...typed, steps: typed.steps.filter((_, index) => intent !== removeStep(index)) };
}
