import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useState } from "react";
import { customerListScreen } from "../customers/customer-list-screen.ts";
import { invoiceListScreen } from "../invoices/invoice-list-screen.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { orderListScreen } from "../orders/order-list-screen.ts";
import { pageSessionField } from "../page-session-field.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { answerViewForm } from "../views/answer-view-form.server.ts";
import { type ViewScreen, viewScreens } from "../views/list-screen.ts";
import { viewFormSchema } from "../views/view-form.ts";
import { type ViewProblem, ViewProblemForm } from "../views/view-problem.tsx";
import { webProcess } from "../web-process.server.ts";

const screens = { orders: orderListScreen, customers: customerListScreen, invoices: invoiceListScreen };

export const meta: MetaFunction = () => [{ title: "Views · Atomic Orders" }];

/** The page is there only for what could not be saved; whoever comes without that is shown the way. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireShop({ request, context });
  return null;
}

export const clientLoader = keepLastAnswer();

interface Answer {
  screen: ViewScreen;
  problem: ViewProblem;
  posted: Record<string, string>;
}

/** Saves, changes and deletes views for the tabs above a list, and leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const fields = await readForm(request);
  const posted = Object.fromEntries(
    [...fields].flatMap(([name, value]) =>
      name !== pageSessionField && typeof value === "string" ? [[name, value]] : [],
    ),
  );
  const screen = viewScreens.find((name) => name === fields.get("screen")) ?? "orders";
  const answer = (status: number, problem: ViewProblem) =>
    json<Answer>({ screen, problem, posted }, { status });

  const form = viewFormSchema.safeParse(posted);
  if (!form.success) {
    const reason = form.error.flatten().fieldErrors.name?.[0];
    if (!reason) throw new Response("That is no form of ours.", { status: 422 });
    return answer(422, { kind: "invalid", reason });
  }
  const result = await answerViewForm(webProcess().db, { shopId, actor }, screens[screen], form.data);
  switch (result.outcome) {
    case "saved": {
      const search = new URLSearchParams(result.search);
      search.set("saved", result.saved);
      return redirectAfterForm(request, fields, `${screens[screen].path}?${search}`, shop.domain);
    }
    case "refused":
      return answer(422, { kind: "invalid", reason: result.reason });
    case "conflict":
      return answer(409, { kind: "conflict", view: result.view, changes: result.changes });
    case "not_found":
      return answer(404, { kind: "gone" });
  }
}

export default function ViewsPage() {
  const answer = useLastAnswer<Answer>();
  // A live update reads the page again, and the router forgets the answer then.
  const [kept, setKept] = useState(answer);
  if (answer && answer !== kept) setKept(answer);
  const shown = answer ?? kept;
  return (
    <Page title="View" narrow>
      {shown ? (
        <ViewProblemForm screen={screens[shown.screen]} problem={shown.problem} posted={shown.posted} />
      ) : (
        <EmptyState title="Views are saved from a list">
          <p>
            <ButtonLink to="/app/orders">Go to the orders</ButtonLink>
          </p>
        </EmptyState>
      )}
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
