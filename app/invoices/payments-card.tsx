import { useNavigation } from "@remix-run/react";
import { formatDay } from "../dashboard/calendar-days.ts";
import { formatDecimal, formatMoney } from "../money.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import type { DocumentAnswer } from "./document-answer.ts";
import { DocumentBadge } from "./document-badge.tsx";
import type { DocumentDetail, EnteredPayment } from "./documents.server.ts";

interface PaymentsCardProps {
  document: DocumentDetail;
  answer: DocumentAnswer | null;
  /** On the shop's calendar. */
  today: string;
}

/** The account of an invoice, what people say was paid, and the form to say so. */
export function PaymentsCard({ document, answer, today }: PaymentsCardProps) {
  const { state, currency, account, payments, paidAt } = document;
  if (!account) return null;
  const left = BigInt(account.openMinor);
  return (
    <Card title="Payment" action={<DocumentBadge state={state} />}>
      <dl className="grid gap-1">
        <Line label="Total" minor={account.totalMinor} currency={currency} />
        {account.creditedMinor !== "0" && (
          <Line label="Credited" minor={account.creditedMinor} currency={currency} />
        )}
        <Line label="Paid" minor={account.paidMinor} currency={currency} />
        {account.refundedMinor !== "0" && (
          <Line label="Refunded" minor={account.refundedMinor} currency={currency} />
        )}
        {left < 0n ? (
          <Line label="To give back" minor={-left} currency={currency} strong />
        ) : (
          <Line label="Open" minor={left} currency={currency} strong />
        )}
      </dl>
      {paidAt && left <= 0n && (
        <p className="mt-1 text-small text-ink-subtle">
          Since <Time at={paidAt} />
        </p>
      )}
      {payments.length > 0 && (
        <ul className="mt-3" aria-label="Payments entered">
          {payments.map((payment) => (
            <PaymentItem key={payment.id} payment={payment} currency={currency} />
          ))}
        </ul>
      )}
      {left > 0n && <PaymentForm left={left} currency={currency} answer={answer} today={today} />}
    </Card>
  );
}

interface LineProps {
  label: string;
  minor: string | bigint;
  currency: string;
  strong?: boolean;
}

const Line = ({ label, minor, currency, strong = false }: LineProps) => (
  <div className={`flex justify-between gap-4 ${strong ? "border-t border-line pt-1 font-semibold" : ""}`}>
    <dt>{label}</dt>
    <dd className="tabular-nums">
      <Money minor={minor} currency={currency} />
    </dd>
  </div>
);

function PaymentItem({ payment, currency }: { payment: EnteredPayment; currency: string }) {
  const { id, amountMinor, paidOn, note, actorName, undoneAt, undoneBy } = payment;
  const amount = formatMoney(amountMinor, currency);
  return (
    <li className="flex items-start justify-between gap-3 border-t border-line py-2">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className={undoneAt ? "text-ink-subtle line-through" : ""}>
          {amount} on {formatDay(paidOn)}
        </p>
        {note && <p>{note}</p>}
        <p className="text-small text-ink-subtle">
          {undoneAt ? `Taken back by ${undoneBy}` : `Recorded by ${actorName}`}
        </p>
      </div>
      {!undoneAt && (
        <AppForm preventScrollReset>
          <input type="hidden" name="paymentId" value={id} />
          <Button type="submit" name="intent" value="undo_payment" variant="plain">
            Undo<span className="sr-only"> the payment of {amount}</span>
          </Button>
        </AppForm>
      )}
    </li>
  );
}

interface PaymentFormProps {
  left: bigint;
  currency: string;
  answer: DocumentAnswer | null;
  today: string;
}

function PaymentForm({ left, currency, answer, today }: PaymentFormProps) {
  const typed = answer?.payment ?? { amount: formatDecimal(left, currency), paidOn: today, note: "" };
  const errors = answer?.errors ?? {};
  const busy = useNavigation().formData?.get("intent") === "record_payment";
  const amountLeft = String(left);
  return (
    <details className="mt-3 border-t border-line pt-3" open={answer?.payment ? true : undefined}>
      <summary className="min-h-6 font-medium text-link">Record a payment</summary>
      <AppForm preventScrollReset className="mt-3 grid gap-3">
        <div className="grid grid-cols-2 items-start gap-3">
          <TextField
            // The fields are the browser's own: after a payment it begins again with what is left.
            key={amountLeft}
            label={`Amount (${currency})`}
            name="amount"
            inputMode="decimal"
            required
            defaultValue={typed.amount}
            error={errors.amount}
          />
          <TextField
            label="Paid on"
            name="paidOn"
            type="date"
            required
            defaultValue={typed.paidOn}
            error={errors.paidOn}
          />
        </div>
        <TextField
          key={amountLeft}
          label="Note"
          name="note"
          maxLength={300}
          defaultValue={typed.note}
          error={errors.note}
        />
        <div>
          <Button type="submit" name="intent" value="record_payment" busy={busy}>
            Record payment
          </Button>
        </div>
      </AppForm>
    </details>
  );
}
