import { useHydrated } from "remix-utils/use-hydrated";
import { Button, ButtonLink } from "../ui/button.tsx";

interface EditFormFooterProps {
  /** There is something to decide: the ways to settle it take the place of the plain save. */
  conflicting: boolean;
  /** Some typed value cannot be saved any more, so "mine for all" is no way out. */
  forceForbidden: boolean;
  saving: boolean;
  /** The order is gone. */
  gone: boolean;
  /** A save is under way, and nobody can tell yet whether it went through. */
  locked: boolean;
  /** Where Cancel leads without a script. */
  leaveTo: string;
  onCancel(): void;
}

/** The form's buttons, in view however far the form is scrolled. */
export function EditFormFooter(props: EditFormFooterProps) {
  const { conflicting, saving, gone, locked, leaveTo, onCancel } = props;
  const hydrated = useHydrated();
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface-subtle px-4 py-3">
      {!conflicting && (
        <p className="mr-auto text-small text-ink-subtle max-sm:hidden">
          {hydrated && "Ctrl or ⌘ + Enter saves, Esc cancels"}
        </p>
      )}
      {hydrated ? (
        <Button onClick={onCancel} disabled={locked} className={conflicting ? "sm:mr-auto" : ""}>
          Cancel
        </Button>
      ) : (
        <ButtonLink to={leaveTo} preventScrollReset className={conflicting ? "sm:mr-auto" : ""}>
          Cancel
        </ButtonLink>
      )}
      {conflicting ? (
        <ConflictButtons {...props} />
      ) : (
        <Button
          type="submit"
          name="intent"
          value="save"
          formNoValidate
          variant="primary"
          busy={saving}
          disabled={gone}
          className="min-w-20"
        >
          {saving ? "Saving…" : "Save"}
        </Button>
      )}
    </footer>
  );
}

/** "Save choices" comes first because Enter in a text field presses the form's first submit button. */
function ConflictButtons({ saving, forceForbidden }: EditFormFooterProps) {
  return (
    <>
      <Button type="submit" name="intent" value="save" variant="primary" busy={saving} className="min-w-26">
        {saving ? "Saving…" : "Save choices"}
      </Button>
      <Button
        type="submit"
        name="intent"
        value="refresh"
        formNoValidate
        title="Take the server value for all"
      >
        Refresh
      </Button>
      <Button
        type="submit"
        name="intent"
        value="force"
        formNoValidate
        variant="critical"
        disabled={forceForbidden}
        title="Keep your change for all"
      >
        Force overwrite
      </Button>
    </>
  );
}
