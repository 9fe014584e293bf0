import { Form } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { parseTypedParcel, type TypedParcel } from "./rate-form.ts";
import { ShippingQuoteText } from "./shipping-quote-text.tsx";
import { quoteShipping, type ShippingRate } from "./shipping-rate.ts";

interface TryRateProps {
  /** The rate to try; null while none is saved, or while what is typed is no rate. */
  rate: ShippingRate | null;
  /** The rate is the one in the form, not saved yet. */
  unsaved: boolean;
  currency: string;
  asked: TypedParcel;
}

/** What an order would cost: a form that asks the server, and with a script answers while one types. */
export function TryRate({ rate, unsaved, currency, asked }: TryRateProps) {
  const hydrated = useHydrated();
  const app = useAppData();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(asked);
  useEffect(() => {
    const early = new FormData(form.current ?? undefined);
    setTyped({ subtotal: String(early.get("subtotal") ?? ""), weight: String(early.get("weight") ?? "") });
  }, []);
  const question = parseTypedParcel(typed, currency);
  return (
    <Card title="Try it">
      <Form
        ref={form}
        method="get"
        replace
        preventScrollReset
        autoComplete="off"
        className="grid gap-3"
        onSubmit={(event) => event.preventDefault()}
      >
        {!hydrated && app && (
          <>
            <PageSessionInput />
            <input type="hidden" name="shop" value={app.shop.domain} />
          </>
        )}
        <div className="grid grid-cols-2 items-start gap-3">
          <TextField
            label={`Subtotal (${currency})`}
            name="subtotal"
            inputMode="decimal"
            value={typed.subtotal}
            error={question?.errors.subtotal}
            onChange={(event) => setTyped({ ...typed, subtotal: event.target.value })}
          />
          <TextField
            label="Weight (kg)"
            name="weight"
            inputMode="decimal"
            value={typed.weight}
            error={question?.errors.weight}
            onChange={(event) => setTyped({ ...typed, weight: event.target.value })}
          />
        </div>
        {!hydrated && (
          <div>
            <Button type="submit">Try</Button>
          </div>
        )}
      </Form>
      <div role="status" className="mt-3 grid gap-1 border-t border-line pt-3">
        {!question?.parcel ? (
          <p className="text-ink-subtle">
            Type what an order costs and weighs. A blank weight means unknown.
          </p>
        ) : rate ? (
          <ShippingQuoteText quote={quoteShipping(rate, question.parcel)} currency={currency} />
        ) : (
          <p className="text-ink-subtle">
            {unsaved ? "What is typed in the form is no rate yet." : "There is no rate yet."}
          </p>
        )}
        {question?.parcel && rate && unsaved && (
          <p className="text-small text-ink-subtle">By the rate as typed, which is not saved yet.</p>
        )}
      </div>
    </Card>
  );
}
