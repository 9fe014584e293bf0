import { TextAreaField, TextField } from "../ui/field.tsx";
import { type CardProps, SettingsCard } from "./settings-card.tsx";

/** What the e-mail says that a document is sent with. */
export function MailSettings(props: CardProps) {
  return (
    <SettingsCard part="mail" title="E-mail" {...props}>
      {({ field }) => (
        <>
          <p className="text-ink-subtle">
            {"{number}, {order} and {seller}"} are filled in. Blank fields send the words of the document's
            language.
          </p>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField {...field("fromName")} hint="Blank: the seller's name." />
            <TextField {...field("replyTo")} type="email" />
          </div>
          <TextField {...field("subject")} placeholder="Invoice {number} for your order {order}" />
          <TextAreaField {...field("body")} rows={6} />
        </>
      )}
    </SettingsCard>
  );
}
