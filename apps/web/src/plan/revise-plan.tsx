import type { Message, PlanContent, PlanVersion } from '../contract.js';
import { useSpeech } from '../language.js';
import { SelfCheck } from '../overlap/self-check.js';
import { Button, Form } from '../pieces/form.js';
import { Instant } from '../pieces/show.js';
import { useAct, type Act } from '../reading.js';
import { useKept } from './kept.js';
import { differing } from './merge.js';
import { MergePanel } from './merge-panel.js';
import { contentOf, draftOf, readable, type PlanDraft, type SentPlan } from './plan-draft.js';
import { PlanFields } from './plan-form.js';

/** What is being typed, and the plan that it began with. */
interface Revising {
  readonly base: PlanVersion;
  readonly draft: PlanDraft;
}

/** A plan that exists, as a form: kept in this browser while it is typed, and merged part by part with what somebody else saved meanwhile. */
export function RevisePlan({
  name,
  current,
  revision,
  label,
  save,
  sent,
  done,
  onSaved,
}: {
  /** Of what is typed, among all that this browser keeps. */
  name: string;
  /** The newest version, as the page shows it now. */
  current: PlanVersion;
  /** Of the record that holds it. */
  revision: string;
  label: string;
  /** What the button says. */
  save: string;
  sent: (plan: SentPlan) => Pick<Act, 'path' | 'method' | 'body'>;
  done: Message;
  onSaved?: () => void;
}) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const kept = useKept<Revising | null>(`revise:${name}`, () => null);
  const { base, draft } = kept.draft ?? { base: current, draft: draftOf(current.content) };
  const typed = contentOf(draft);
  const mine: PlanContent = {
    ...readable(typed),
    // Half an amount cannot be compared: that of the beginning stands until it is whole.
    budgetKrw: typeof typed.budgetKrw === 'string' ? base.content.budgetKrw : typed.budgetKrw,
  };
  const goOn = (plan: PlanContent): void => kept.setDraft({ base: current, draft: draftOf(plan) });
  const submit = async (): Promise<void> => {
    const receipt = await act({ ...sent(typed), revision, done });
    if (receipt === null) return;
    kept.setDraft(null);
    kept.forget();
    onSaved?.();
  };
  // While our own change is on its way back to this page, the plan is newer than what was typed upon, and yet nobody else's.
  if (!busy && base.hash !== current.hash && differing(base.content, mine, current.content).length > 0) {
    return <MergePanel key={current.hash} base={base.content} mine={mine} theirs={current.content} onMerged={goOn} />;
  }
  return (
    <div className="beside">
      <Form problem={problem} label={label} onSubmit={() => void submit()}>
        <PlanFields draft={draft} onChange={(next) => kept.setDraft({ base, draft: next })} />
        <div className="row">
          <Button submit weight="primary" busy={busy}>
            {save}
          </Button>
          {kept.draft !== null && (
            <Button
              onClick={() => {
                kept.setDraft(null);
                kept.forget();
              }}
            >
              {t('고친 것 버리기', 'Discard my changes')}
            </Button>
          )}
          {kept.keptAt !== null && (
            <span className="quiet">
              {t('이 브라우저에 보관됨', 'Kept in this browser')} <Instant at={kept.keptAt} />
            </span>
          )}
        </div>
      </Form>
      <SelfCheck plan={typed} />
    </div>
  );
}
