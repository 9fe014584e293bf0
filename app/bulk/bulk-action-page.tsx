import { searchHref } from "../search/search-href.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Badge } from "../ui/badge.tsx";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import type { BulkActionDetail } from "./bulk-actions.server.ts";
import { BulkChangeForms } from "./bulk-change-forms.tsx";
import { BulkCollecting } from "./bulk-collecting.tsx";
import { BulkItemList } from "./bulk-item-list.tsx";
import { type BulkPreview, type BulkWarning, emptyPreview, type KindButton } from "./bulk-kind.ts";
import type { BulkPageAddress } from "./bulk-page-address.ts";
import { BulkPreviewCard } from "./bulk-preview.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import { BulkResults } from "./bulk-results.tsx";
import { isFinished } from "./bulk-state.ts";
import { countItems } from "./bulk-words.ts";
import { describeState } from "./describe-bulk-action.ts";
import type { BulkItemPage } from "./list-bulk-items.server.ts";
import { TrackingProblems } from "./tracking-problems.tsx";

interface BulkActionPageProps {
  bulkAction: BulkActionDetail;
  address: BulkPageAddress;
  items: BulkItemPage;
  /** For a draft that says what it changes. */
  preview: BulkPreview | null;
  /** What is to be mended before a draft is started. */
  warning: BulkWarning | null;
  /** The kinds that a button alone chooses. */
  buttons: KindButton[];
  /** Why the last step was refused, and which of the forms it came from. */
  answer: { message: string; kind: string } | null;
}

/** A bulk action from its draft to its results. */
export function BulkActionPage({
  bulkAction,
  address,
  items,
  preview,
  warning,
  buttons,
  answer,
}: BulkActionPageProps) {
  const { state, kind, query, problems, problemCount, words, canChoose } = bulkAction;
  const look = describeState(bulkAction);
  return (
    <Page
      narrow
      back={{ to: "/app/bulk", label: "Back to the bulk actions" }}
      title={bulkAction.title}
      badges={
        <Badge tone={look.tone} pip={look.pip}>
          {look.label}
        </Badge>
      }
      subtitle={
        <>
          {state !== "collecting" && `${countItems(words, bulkAction.total)} · `}
          {bulkAction.actorName} · <Time at={bulkAction.createdAt} />
          {query !== null && (
            <>
              {" · "}
              <AppLink to={searchHref(words.listPath, {}, query)} className="text-link underline">
                {query === "" ? `all ${words.item[1]}` : query}
              </AppLink>
            </>
          )}
        </>
      }
    >
      {answer && answer.kind === "" && <Banner tone="critical" title={answer.message} live="assertive" />}
      {state === "collecting" && <BulkCollecting action={bulkAction} />}
      {warning && (
        <Banner
          tone="warning"
          title={warning.title}
          actions={<ButtonLink to={warning.to}>{warning.label}</ButtonLink>}
        >
          <p>{warning.text}</p>
        </Banner>
      )}
      {(preview || state === "counting") && (
        <BulkPreviewCard
          preview={preview ?? emptyPreview}
          counting={state === "counting" ? bulkAction : null}
          takenAt={bulkAction.takenAt}
          words={words}
        />
      )}
      {canChoose && (
        <BulkChangeForms
          first={address.kind ?? kind}
          input={bulkAction.input}
          buttons={buttons}
          decided={kind !== "undecided"}
          error={answer}
        />
      )}
      {(state === "queued" || state === "running") && <BulkProgress action={bulkAction} />}
      {isFinished(state) && <BulkResults action={bulkAction} />}
      <TrackingProblems problems={problems} count={problemCount} />
      <BulkItemList action={bulkAction} page={items} state={address.state} />
    </Page>
  );
}
