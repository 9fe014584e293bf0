import { searchHref } from "../search/search-href.ts";
import { AppLink } from "../ui/app-link.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { TickField } from "../ui/tick-field.tsx";
import { toneClass } from "../ui/tone.ts";
import { listSellerGaps, sayGaps } from "./seller-gaps.ts";
import { type CardProps, cardId, SettingsCard } from "./settings-card.tsx";
import { settingsLabels, triggerLabels } from "./settings-labels.ts";

type ByItself = "paid" | "fulfilled";
const isByItself = (trigger: string): trigger is ByItself => trigger === "paid" || trigger === "fulfilled";
const settledWords = { paid: "paid", fulfilled: "fulfilled" };
const settledQueries = { paid: "payment:paid,partially_refunded", fulfilled: "fulfillment:fulfilled" };

/** The list of orders that a trigger has missed, from the day that is typed on. */
const settledOrders = (trigger: ByItself, since: string) =>
  searchHref("/app/orders", {}, `${settledQueries[trigger]}${since && ` created:${since}..`}`);

/** When documents are issued without anybody asking for them. */
export function AutomationSettings(props: CardProps) {
  const gaps = listSellerGaps(props.saved.settings.seller);
  return (
    <SettingsCard part="automation" title="Automation" {...props}>
      {({ field, tick, typed }) => (
        <>
          {/* Always there, so that what appears in it is announced. */}
          <div role="status" className="empty:hidden">
            {typed.trigger !== "by_hand" && gaps.length > 0 && (
              <p className={`rounded-control px-3 py-2 ${toneClass.warning}`}>
                {sayGaps(gaps)}. The law asks an invoice for it, and what is issued by itself cannot be
                changed afterwards.{" "}
                <a href={`#${cardId("seller")}`} className="font-medium underline">
                  Fill in the seller
                </a>
              </p>
            )}
          </div>
          <p className="text-ink-subtle">
            Each order gets its invoice once. What is refunded, cancelled or added later to an order with an
            invoice always makes a credit note or a further invoice, whatever is chosen here.
          </p>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <SelectField {...field("trigger")}>
              {Object.entries(triggerLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </SelectField>
            <TextField
              {...field("since")}
              type="date"
              hint="Older orders are left to you: what was invoiced elsewhere must not be invoiced twice. Blank: from the moment it is switched on."
            />
            <TextField
              {...field("excludeTags")}
              placeholder="wholesale, sample"
              hint="Tags with commas between."
            />
            <TextField
              {...field("excludeGateways")}
              placeholder="gift_card, cash"
              hint="Gateways as Shopify names them, with commas between. Test orders never get an invoice."
            />
          </div>
          {typed.trigger && isByItself(typed.trigger) && (
            <p className="text-ink-subtle">
              An order is looked at when Shopify tells of a change. What is {settledWords[typed.trigger]}{" "}
              already gets no invoice until it changes again, whatever day stands above. Issue those in bulk,
              where orders that have their invoice are left out:{" "}
              <AppLink to={settledOrders(typed.trigger, typed.since ?? "")} className="text-link underline">
                Orders that are {settledWords[typed.trigger]}
              </AppLink>
            </p>
          )}
          <TickField {...tick("sendByEmail")} label={settingsLabels.automation.sendByEmail} />
        </>
      )}
    </SettingsCard>
  );
}
