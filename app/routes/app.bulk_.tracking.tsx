import { type ActionFunctionArgs, json, type MetaFunction } from "@remix-run/node";
import { useNavigation } from "@remix-run/react";
import { draftTracking } from "../bulk/draft-tracking.server.ts";
import { parseTrackingLines, trackingLineLimit } from "../bulk/parse-tracking-lines.ts";
import { TrackingProblems } from "../bulk/tracking-problems.tsx";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const limit = trackingLineLimit.toLocaleString("en");

/** Reads pasted lines into a draft. Only a paste without one good line comes back here. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const form = await readForm(request);
  const text = String(form.get("lines") ?? "");
  const parsed = parseTrackingLines(text);
  const refuse = (error: string, problems: typeof parsed.problems) =>
    json({ error, text, problems: problems.slice(0, 200), count: problems.length }, { status: 422 });
  if (parsed.total === 0) return refuse("Paste at least one line.", []);
  if (parsed.total > trackingLineLimit) return refuse(`At most ${limit} lines go in one paste.`, []);
  const drafted = await draftTracking(webProcess().db, shop.id, parsed, actor);
  if (drafted.outcome !== "drafted") return refuse("None of the lines can be used.", drafted.problems);
  return redirectAfterForm(request, form, `/app/bulk/${drafted.id}`, shop.domain);
}

export const meta: MetaFunction = () => [{ title: "Tracking numbers · Atomic Orders" }];

export default function BulkTrackingPage() {
  const answer = useLastAnswer<typeof action>();
  const busy = useNavigation().formData?.has("lines") ?? false;
  return (
    <Page
      narrow
      title="Paste tracking numbers"
      subtitle="Nothing changes before you have seen what would."
      back={{ to: "/app/bulk", label: "Back to the bulk actions" }}
    >
      <Card>
        <AppForm className="grid gap-3">
          <TextAreaField
            label="Orders and tracking numbers"
            name="lines"
            rows={12}
            required
            spellCheck={false}
            placeholder={"#1042, 00340434161094\n#1043, DHL, 00340434161095"}
            defaultValue={answer?.text}
            error={answer?.error}
            hint={`A line for each order: order, tracking number; or order, company, tracking number. Commas, semicolons and tabs all do, so a spreadsheet can be pasted. At most ${limit} lines.`}
          />
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Preview
            </Button>
          </div>
        </AppForm>
      </Card>
      {answer && <TrackingProblems problems={answer.problems} count={answer.count} />}
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
