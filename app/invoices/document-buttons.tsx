import { Button } from "../ui/button.tsx";

/** What can be done with ticked documents, as submit buttons of the list's form. */
export function DocumentButtons() {
  return (
    <>
      {documentButtons.map(({ kind, label }) => (
        <Button key={kind} type="submit" formAction="/app/invoices/bulk" name="kind" value={kind}>
          {label}
        </Button>
      ))}
    </>
  );
}

const documentButtons = [
  { kind: "mark_paid", label: "Mark paid" },
  { kind: "send_mail", label: "Send by e-mail" },
  { kind: "zip", label: "Download ZIP" },
  { kind: "pdf", label: "One PDF to print" },
];
