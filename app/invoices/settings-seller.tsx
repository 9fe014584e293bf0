import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import type { Country } from "./countries.ts";
import { type CardProps, SettingsCard } from "./settings-card.tsx";
import { maxTaxIds, type TypedSettings } from "./settings-typed.ts";

const bankFields = ["bankName", "holder", "iban", "bic"];

interface SellerProps extends CardProps {
  /** All that can be chosen. */
  countries: Country[];
  /** What the shop tells, while nobody has filled anything in. */
  proposed: TypedSettings;
}

/** Who sends the documents, as they print it. */
export function SellerSettings({ countries, proposed, ...props }: SellerProps) {
  return (
    <SettingsCard part="seller" title="Seller" proposed={proposed} {...props}>
      {({ field, typed }) => {
        // A row more than is filled, so that there is always one to write in.
        const filled = Array.from({ length: maxTaxIds }, (_, index) => index).filter(
          (index) => typed[`taxLabel.${index}`] || typed[`taxValue.${index}`],
        );
        const rows = Math.min(maxTaxIds, (filled.at(-1) ?? -1) + 2);
        return (
          <>
            <p className="text-ink-subtle">
              Each document keeps what stood here on the day it was issued. A change is for the documents to
              come.
            </p>
            {proposed.name && (
              <p>
                {proposed.countryCode ? "Name and country are proposed" : "The name is proposed"} from your
                shop and not saved yet. Look at them, and add the address and a tax number.
              </p>
            )}
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <TextField {...field("name")} autoComplete="organization" />
              <SelectField {...field("countryCode")} autoComplete="country">
                <option value="">Not chosen</option>
                {countries.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </SelectField>
              <TextAreaField
                {...field("address")}
                hint="One line each, as on an envelope. Six lines at most."
              />
              <div className="grid gap-4">
                <TextField {...field("email")} type="email" />
                <TextField {...field("phone")} type="tel" />
                <TextField {...field("website")} />
              </div>
            </div>
            <fieldset className="grid gap-3">
              <legend className="mb-1 text-body font-medium">Tax numbers</legend>
              {Array.from({ length: maxTaxIds }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
                <div key={index} hidden={index >= rows} className={index < rows ? taxRow : undefined}>
                  <TextField
                    {...field(`taxLabel.${index}`)}
                    placeholder={index === 0 ? "VAT ID" : "Tax number"}
                  />
                  <TextField
                    {...field(`taxValue.${index}`)}
                    placeholder={index === 0 ? "DE136695976" : undefined}
                  />
                </div>
              ))}
            </fieldset>
            <fieldset>
              <legend className="mb-2 text-body font-medium">Where buyers pay to</legend>
              <div className="grid items-start gap-4 sm:grid-cols-2">
                {bankFields.map((name) => (
                  <TextField key={name} {...field(name)} />
                ))}
              </div>
            </fieldset>
            <TextAreaField
              {...field("footer")}
              rows={3}
              hint="Such as the commercial register and the managing directors."
            />
          </>
        );
      }}
    </SettingsCard>
  );
}

const taxRow = "grid grid-cols-2 items-start gap-3";
