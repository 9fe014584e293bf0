import { useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import type { DocumentContent, DocumentLine } from "../documents/document.ts";
import { formatMoney } from "../money.ts";
import { TextField } from "../ui/field.tsx";
import { type CreditErrors, type CreditWay, creditWays, type TypedCredit } from "./credit-form.ts";

interface CreditFieldsProps {
  /** All that can still be credited. */
  left: DocumentContent;
  typed: TypedCredit;
  errors: CreditErrors;
}

/** The choice between all, some of the lines and an amount. Fields of the other ways are hidden once a script runs. */
export function CreditFields({ left, typed, errors }: CreditFieldsProps) {
  const hydrated = useHydrated();
  const [by, setBy] = useState(typed.by);
  const isShown = (way: CreditWay) => !hydrated || by === way;
  const { currency, totals } = left;
  const labels: Record<CreditWay, string> = {
    full: `All that is left, ${formatMoney(totals.grossMinor, currency)}`,
    lines: "Some of the lines",
    amount: "An amount",
  };
  return (
    <>
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">Take back</legend>
        {creditWays.map((way) => (
          <label key={way} className="flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="by"
              value={way}
              defaultChecked={typed.by === way}
              onChange={() => setBy(way)}
              className="size-4 accent-focus"
            />
            {labels[way]}
          </label>
        ))}
      </fieldset>
      <fieldset hidden={!isShown("lines")} className={isShown("lines") ? "grid gap-2" : undefined}>
        <legend className="mb-1 font-medium">How many of each line</legend>
        {errors.quantities && <p className="text-on-critical">{errors.quantities}</p>}
        {sumByKey(left.lines).map(({ key, title, quantity }) => (
          <div key={key} className="flex items-center justify-between gap-3">
            <input type="hidden" name="line" value={key} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {title} <span className="text-ink-subtle">({quantity} left)</span>
            </span>
            <span className="w-20 shrink-0">
              <TextField
                label={`How many of ${title}`}
                labelHidden
                name="quantity"
                inputMode="numeric"
                defaultValue={typed.quantities[key] ?? "0"}
              />
            </span>
          </div>
        ))}
      </fieldset>
      <div hidden={!isShown("amount")}>
        <TextField
          label={`Amount with tax (${currency})`}
          name="amount"
          inputMode="decimal"
          defaultValue={typed.amount}
          error={errors.amount}
          hint="It is spread over the rates of tax in proportion to what is left at each."
        />
      </div>
      <TextField
        label="Reason"
        name="reason"
        maxLength={200}
        defaultValue={typed.reason}
        error={errors.reason}
        hint="Printed on the credit note. Blank prints what it amounts to."
      />
    </>
  );
}

/** Lines that can be taken back in part; a line at several rates counts once. */
function sumByKey(lines: DocumentLine[]): { key: string; title: string; quantity: number }[] {
  const sums = new Map<string, { key: string; title: string; quantity: number }>();
  for (const { key, title, quantity } of lines) {
    const known = sums.get(key);
    if (known) known.quantity += quantity;
    else if (quantity > 0) sums.set(key, { key, title, quantity });
  }
  return [...sums.values()];
}
