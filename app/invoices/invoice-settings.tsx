import { useFreshExports } from "../exports/use-fresh-exports.ts";
import type { Country } from "./countries.ts";
import type { RunningNumbers } from "./running-series.ts";
import { AutomationSettings } from "./settings-automation.tsx";
import type { CardProps } from "./settings-card.tsx";
import { LogoSettings } from "./settings-logo.tsx";
import { MailSettings } from "./settings-mail.tsx";
import { NumberingSettings } from "./settings-numbering.tsx";
import { SellerSettings } from "./settings-seller.tsx";
import { TaxSettings } from "./settings-taxes.tsx";
import { TemplateSettings } from "./settings-template.tsx";
import type { TypedSettings } from "./settings-typed.ts";

interface InvoiceSettingsProps extends CardProps {
  logoHref: string | null;
  series: RunningNumbers;
  year: number;
  previewHref: string;
  previewOf: string | null;
  countries: Country[];
  proposed: TypedSettings;
}

/** How the shop invoices, a card for each part, each saved by itself. */
export function InvoiceSettingsCards({
  logoHref,
  series,
  year,
  previewHref,
  previewOf,
  countries,
  proposed,
  ...card
}: InvoiceSettingsProps) {
  // Links to files end after a quarter of an hour.
  useFreshExports(false);
  return (
    <>
      <SellerSettings countries={countries} proposed={proposed} {...card} />
      <LogoSettings href={logoHref} answer={card.answer} />
      <NumberingSettings series={series} year={year} {...card} />
      <AutomationSettings {...card} />
      <TaxSettings {...card} />
      <TemplateSettings previewHref={previewHref} previewOf={previewOf} {...card} />
      <MailSettings {...card} />
    </>
  );
}
