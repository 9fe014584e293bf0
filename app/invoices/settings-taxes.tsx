import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { type CardProps, SettingsCard } from "./settings-card.tsx";
import { roundingLabels } from "./settings-labels.ts";

const reasons = ["zeroReason", "exemptReason", "reverseChargeReason"];
const attributes = ["vatIdAttributes", "companyAttributes", "purchaseOrderAttributes"];

/** How taxes are rounded, what is said where none is charged, and where the buyer's particulars stand. */
export function TaxSettings(props: CardProps) {
  return (
    <SettingsCard part="taxes" title="Taxes and the buyer" {...props}>
      {({ field }) => (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <SelectField
              {...field("rounding")}
              hint="Shopify rounds on each line. Where the two ways differ, the document shows a rounding line."
            >
              {Object.entries(roundingLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </SelectField>
          </div>
          <fieldset className="grid gap-4">
            <legend className="mb-1 text-body font-medium">Printed where no tax is charged</legend>
            <p className="text-small text-ink-subtle">Blank prints a sentence in the document's language.</p>
            {reasons.map((name) => (
              <TextField key={name} {...field(name)} />
            ))}
          </fieldset>
          <fieldset>
            <legend className="mb-1 text-body font-medium">Where an order says who buys</legend>
            <p className="mb-3 text-small text-ink-subtle">
              Names of order attributes, one a line. The first that an order has is printed.
            </p>
            <div className="grid items-start gap-4 sm:grid-cols-3">
              {attributes.map((name) => (
                <TextAreaField key={name} {...field(name)} rows={3} />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </SettingsCard>
  );
}
