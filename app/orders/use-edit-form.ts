import { useLocation, useNavigate, useNavigation } from "@remix-run/react";
import { useEffect, useReducer, useRef } from "react";
import { type EditAnswer, noAnswer } from "./edit-answer.ts";
import { draftKey, dropDraft, keepDraft, readDraft } from "./edit-draft.ts";
import {
  type EditFormState,
  editFormReducer,
  isDirty,
  type OrderSnapshot,
  openForm,
  toTyped,
} from "./edit-form-state.ts";
import { editableFields } from "./order.ts";

interface UseEditForm {
  shopDomain: string;
  orderId: string;
  /** What the form opens with. */
  first: OrderSnapshot;
  /** What the loader reads; a new one at every live update. Null once the order is gone. */
  order: OrderSnapshot | null;
  answer: EditAnswer | null;
  form: { current: HTMLFormElement | null };
}

/** A save without an answer for this long must not keep anybody in the form. */
const answerPatienceMs = 20_000;

/** The edit form's state, fed by typing, live updates and answers, and kept as a draft while it is unsaved. */
export function useEditForm({ shopDomain, orderId, first, order, answer, form }: UseEditForm) {
  const [state, dispatch] = useReducer(editFormReducer, null, () => openForm(first, answer));
  const navigation = useNavigation();
  const formPath = navigation.formAction?.split("?")[0];
  const saving = navigation.formMethod === "POST" && formPath === `/app/orders/${orderId}/edit`;
  const saved = saving && navigation.state === "loading" && navigation.location.pathname !== formPath;

  const locked = saving && !saved;
  const giveUp = useGiveUp(() =>
    dispatch({ type: "answered", answer: { ...noAnswer, trouble: "unreachable" } }),
  );
  useEffect(() => {
    if (!locked) return;
    const timer = setTimeout(() => giveUp.current(), answerPatienceMs);
    return () => clearTimeout(timer);
  }, [locked, giveUp]);

  useEffect(() => dispatch({ type: "read", order }), [order]);

  // The answer of the page's own request is in the first state already; live updates take answers away again.
  const seenAnswer = useRef(answer);
  useEffect(() => {
    if (!answer || answer === seenAnswer.current) return;
    seenAnswer.current = answer;
    dispatch({ type: "answered", answer });
  }, [answer]);

  const key = draftKey(shopDomain, orderId);
  const firstTyped = useRef(answer ? null : toTyped(first.values));
  useEffect(() => {
    const untouched = firstTyped.current;
    if (!untouched) return;
    firstTyped.current = null;
    const draft = readDraft(key);
    if (draft && !draft.cancelled) return dispatch({ type: "restored", draft });
    // Somebody may have typed before the script was there.
    const posted = form.current ? new FormData(form.current) : null;
    for (const field of editableFields) {
      const value = posted?.get(field);
      if (typeof value !== "string" || value.replaceAll("\r\n", "\n") === untouched[field]) continue;
      dispatch({ type: "typed", field, value, at: new Date().toISOString() });
    }
  }, [key, form]);

  useDraft(key, state, saved);

  return { state, dispatch, saving, locked, saved, dirty: isDirty(state) };
}

/** Ends the wait for an answer: going to where one is takes the place of the save that is under way. */
function useGiveUp(tell: () => void): { current: () => void } {
  const navigate = useNavigate();
  const { pathname, search, state } = useLocation();
  const giveUp = useRef(() => {});
  useEffect(() => {
    giveUp.current = () => {
      tell();
      navigate(pathname + search, { replace: true, preventScrollReset: true, state });
    };
  });
  return giveUp;
}

/** Keeps what is unsaved in the tab's storage, so that not even a reload loses it. */
function useDraft(key: string, state: EditFormState, saved: boolean): void {
  const wasDirty = useRef(false);
  const { opened, typed, choices, typedAt } = state;
  const dirty = isDirty(state);
  useEffect(() => {
    if (saved) dropDraft(key);
    else if (dirty) {
      keepDraft(key, {
        opened,
        typed,
        choices,
        savedAt: typedAt ?? new Date().toISOString(),
        cancelled: false,
      });
    }
    // An untouched form must not drop the draft that it is about to restore.
    else if (wasDirty.current) dropDraft(key);
    wasDirty.current = dirty;
  }, [key, saved, dirty, opened, typed, choices, typedAt]);
}
