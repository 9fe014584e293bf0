import type { ReactNode } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { maxSteps, type RateErrors, stepField, type TypedRate, type TypedStep } from "./rate-form.ts";
import { addStep, removeStep, withStepChange } from "./rate-steps.ts";

interface RateFieldsProps {
  typed: TypedRate;
  errors: RateErrors;
  currency: string;
  onChange(next: TypedRate, mends: (field: string) => boolean): void;
}

/** The rate's fields. The buttons that add and remove a step post the form where no script runs. */
export function RateFields({ typed, errors, currency, onChange }: RateFieldsProps) {
  const { steps } = typed;
  const wire = (name: "flatFee" | "freeFrom") => ({
    name,
    "data-field": name,
    inputMode: "decimal" as const,
    value: typed[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...typed, [name]: event.target.value }, (field) => field === name),
  });
  const typeStep = (index: number, part: keyof TypedStep, value: string) =>
    onChange(
      { ...typed, steps: steps.map((step, at) => (at === index ? { ...step, [part]: value } : step)) },
      (field) => field === stepField(part, index),
    );
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label={`Free from a subtotal of (${currency})`}
          hint="An order of exactly this much ships free. Blank: never free."
          {...wire("freeFrom")}
        />
        <TextField
          label={`Flat fee (${currency})`}
          hint="Charged where no weight step applies. Blank: no fee."
          {...wire("flatFee")}
        />
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-body font-medium">Fees by weight</legend>
        <p className="text-small text-ink-subtle">
          A step holds up to its weight, that weight included. Leave the weight of the last one blank for any
          heavier order.
        </p>
        {errors.steps && <p className="text-on-critical">{errors.steps}</p>}
        {steps.map((step, index) => (
          <StepRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and holds no state of its own
            key={index}
            {...{ step, index, errors, currency }}
            onType={(part, value) => typeStep(index, part, value)}
            onRemove={() => onChange(withStepChange(typed, removeStep(index)), isStepField)}
          />
        ))}
        {steps.length < maxSteps && (
          <div>
            <StepButton
              intent={addStep}
              onPress={() => onChange(withStepChange(typed, addStep), () => false)}
            >
              Add a step
            </StepButton>
          </div>
        )}
      </fieldset>
    </>
  );
}

const isStepField = (field: string) => field.startsWith("step");

interface StepRowProps {
  step: TypedStep;
  index: number;
  errors: RateErrors;
  currency: string;
  onType(part: keyof TypedStep, value: string): void;
  onRemove(): void;
}

function StepRow({ step, index, errors, currency, onType, onRemove }: StepRowProps) {
  const number = <span className="sr-only">Step {index + 1}: </span>;
  const wire = (part: keyof TypedStep) => ({
    name: part,
    "data-field": stepField(part, index),
    inputMode: "decimal" as const,
    value: step[part],
    error: errors[stepField(part, index)],
    onChange: (event: { target: { value: string } }) => onType(part, event.target.value),
  });
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
      <TextField label={<>{number}Up to (kg)</>} placeholder="any heavier" {...wire("upTo")} />
      <TextField
        label={
          <>
            {number}Fee ({currency})
          </>
        }
        {...wire("fee")}
      />
      <span className="pt-6">
        <StepButton intent={removeStep(index)} onPress={onRemove}>
          Remove<span className="sr-only"> step {index + 1}</span>
        </StepButton>
      </span>
    </div>
  );
}

function StepButton({ intent, onPress, children }: { intent: string; onPress(): void; children: ReactNode }) {
  const hydrated = useHydrated();
  if (hydrated) return <Button onClick={onPress}>{children}</Button>;
  return (
    <Button type="submit" name="intent" value={intent}>
      {children}
    </Button>
  );
}
