import { useState } from 'react';
import type { Case } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form, SelectField } from '../pieces/form.js';
import { Instant } from '../pieces/show.js';
import { PlanView } from '../plan/plan-view.js';
import { RevisePlan } from '../plan/revise-plan.js';
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
  if (possible(the, me).revise) {
    return (
      <RevisePlan
        name={the.consultation}
        current={the.plan}
        revision={the.revision}
        label={t('초안 고치기', 'Revise the draft')}
        save={t('초안 저장', 'Save the draft')}
        sent={(plan) => ({ path: `/v1/consultations/${the.consultation}/draft`, method: 'PUT', body: plan })}
        done={{ ko: '초안을 저장했습니다.', en: 'The draft is saved.' }}
      />
    );
  }
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
