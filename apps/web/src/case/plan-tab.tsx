import { useState } from 'react';
import type { Case, PlanContent, PlanVersion } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form, SelectField } from '../pieces/form.js';
import { Instant } from '../pieces/show.js';
import { SelfCheck } from '../overlap/self-check.js';
import { differing } from '../plan/merge.js';
import { MergePanel } from '../plan/merge-panel.js';
import { contentOf, draftOf, readable, type PlanDraft } from '../plan/plan-draft.js';
import { PlanFields } from '../plan/plan-form.js';
import { PlanView } from '../plan/plan-view.js';
import { useKept } from '../plan/kept.js';
import { useAct } from '../reading.js';
import { useSession } from '../session.js';
import { possible } from './possible.js';

/** The plan, any version against any earlier one; the applicant's own draft can be revised here. */
export function PlanTab({ the }: { the: Case }) {
  const { t, language } = useSpeech();
  const { me } = useSession();
  const versions = [...the.earlierPlans, { ...the.plan, brought: the.planBrought }];
  // Until somebody chooses, against the version before, also when the newest one arrives while the page is open.
  const [chosen, setLeft] = useState<string | null>(null);
  const left = chosen ?? String(the.earlierPlans.at(-1)?.version ?? '');
  const [only, setOnly] = useState(false);
  const before = versions.find(({ version }) => String(version) === left);
  if (possible(the, me).revise) return <ReviseDraft the={the} />;
  return (
    <div className="stack">
      {versions.length > 1 ? (
        <Form problem={null} label={t('판 비교', 'Compare versions')} onSubmit={() => undefined}>
          <div className="row end">
            <SelectField
              label={t('비교할 판', 'Compare with')}
              pointer="/left"
              value={left}
              onChange={setLeft}
              choices={[
                { value: '', label: t('비교하지 않음', 'Nothing') },
                ...the.earlierPlans.map(({ version }) => ({
                  value: String(version),
                  label: t(`${version}판`, `Version ${version}`),
                })),
              ]}
            />
            {before !== undefined && (
              <Button aria-pressed={only} onClick={() => setOnly(!only)}>
                {t('바뀐 곳만', 'Changes only')}
              </Button>
            )}
          </div>
        </Form>
      ) : (
        <p className="quiet">
          {t(
            '계획서가 한 판뿐이라 비교할 것이 없습니다. 보완으로 고치면 여기서 앞뒤를 견줄 수 있습니다.',
            'There is one version only. Once it is corrected, the versions can be compared here.',
          )}
        </p>
      )}
      <section className="panel" aria-labelledby="version">
        <h2 id="version">
          {before === undefined
            ? t(`계획서 ${the.plan.version}판`, `Plan, version ${the.plan.version}`)
            : t(`${before.version}판 → ${the.plan.version}판`, `Version ${before.version} → ${the.plan.version}`)}
        </h2>
        <p className="quiet">
          <Instant at={the.planBrought.at} /> · SHA-256 <code title={the.plan.hash}>{the.plan.hash.slice(0, 12)}…</code>
          {language === 'ko' ? ' 로 고정된 판' : ' is this version’s fingerprint'}
        </p>
        <PlanView plan={the.plan.content} before={before?.content} onlyChanges={only && before !== undefined} />
      </section>
    </div>
  );
}

/** What is being typed, and the plan that it began with. */
interface Revising {
  readonly base: PlanVersion;
  readonly draft: PlanDraft;
}

function ReviseDraft({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const kept = useKept<Revising | null>(`revise:${the.consultation}`, () => null);
  const { base, draft } = kept.draft ?? { base: the.plan, draft: draftOf(the.plan.content) };
  const typed = contentOf(draft);
  const mine: PlanContent = {
    ...readable(typed),
    // Half an amount cannot be compared: that of the beginning stands until it is whole.
    budgetKrw: typeof typed.budgetKrw === 'string' ? base.content.budgetKrw : typed.budgetKrw,
  };
  const goOn = (plan: PlanContent): void => kept.setDraft({ base: the.plan, draft: draftOf(plan) });
  const save = async (): Promise<void> => {
    const receipt = await act({
      path: `/v1/consultations/${the.consultation}/draft`,
      method: 'PUT',
      body: typed,
      revision: the.revision,
      done: { ko: '초안을 저장했습니다.', en: 'The draft is saved.' },
    });
    if (receipt === null) return;
    kept.setDraft(null);
    kept.forget();
  };
  // While our own change is on its way back to this page, the plan is newer than what was typed upon, and yet nobody else's.
  if (!busy && base.hash !== the.plan.hash && differing(base.content, mine, the.plan.content).length > 0) {
    return <MergePanel key={the.plan.hash} base={base.content} mine={mine} theirs={the.plan.content} onMerged={goOn} />;
  }
  return (
    <div className="beside">
      <Form problem={problem} label={t('초안 고치기', 'Revise the draft')} onSubmit={() => void save()}>
        <PlanFields draft={draft} onChange={(next) => kept.setDraft({ base, draft: next })} />
        <div className="row">
          <Button submit weight="primary" busy={busy}>
            {t('초안 저장', 'Save the draft')}
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
