import { useEffect, useRef, useState } from 'react';
import type { AddedCandidate, Candidate, Case, PlanContent, SystemRow } from '../contract.js';
import { josa, won } from '../format.js';
import { useSpeech } from '../language.js';
import { EvidencePair, Facets } from '../overlap/evidence.js';
import { Matrix } from '../overlap/matrix.js';
import { ActForm } from '../pieces/act-form.js';
import { Button, Form, RadioField, SelectField, TextArea } from '../pieces/form.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Empty, Facts, Instant, Likelihood } from '../pieces/show.js';
import { useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { FAULTS, GROUND, NON_FAULTS, PLAN_FIELD, REASON, relationName } from '../terms.js';
import { possible, screenedNow } from './possible.js';

/** Below this a candidate is shown on demand only. */
const WORTH_SHOWING = 0.1;

/** The candidates, best first, and one of them with its evidence beside it. */
export function OverlapTab({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const { finding } = the;
  const [all, setAll] = useState(false);
  const found: readonly Candidate[] = [...(the.addedCandidates ?? []).map(asCandidate), ...(finding?.candidates ?? [])];
  const likely = found.filter(
    ({ added, probability, settlement }, index) =>
      added !== undefined || index === 0 || probability >= WORTH_SHOWING || settlement != null,
  );
  const candidates = all ? found : likely;
  const [chosen, setChosen] = useState<string | null>(the.unsettled[0] ?? candidates[0]?.id ?? null);
  const list = useRef<HTMLUListElement>(null);
  const detail = useRef<HTMLElement>(null);
  const at = Math.max(
    0,
    candidates.findIndex(({ id }) => id === chosen),
  );
  const candidate = candidates[at];
  const moved = useRef(false);
  const step = (by: number): void => {
    moved.current = true;
    setChosen(candidates[Math.max(0, Math.min(candidates.length - 1, at + by))]?.id ?? null);
  };
  useKeys({ j: () => step(1), k: () => step(-1), o: () => detail.current?.focus() });
  useEffect(() => {
    if (moved.current) list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  }, [chosen]);
  if (finding === null || candidate === undefined) {
    return (
      <Empty
        title={
          finding === null
            ? t('아직 검색하지 않았습니다.', 'Not screened yet.')
            : t('비슷한 시스템이 없습니다.', 'Nothing alike was found.')
        }
      >
        <p>
          {finding === null
            ? t(
                '신청하면 기존 시스템과 협의 중인 다른 계획을 모두 견주어, 비슷한 것을 여기에 증거와 함께 보여 줍니다.',
                'Once submitted, the plan is compared with every existing system and pending plan; what is alike appears here with its evidence.',
              )
            : t(`${finding.compared}건과 견주었습니다.`, `Compared with ${finding.compared} records.`)}
        </p>
      </Empty>
    );
  }
  return (
    <div className="stack">
      <p className="quiet">
        {t(
          `기록 ${finding.compared}건과 견주어 비슷한 순서로 보입니다. 숫자는 판별기의 제안이고, 판단은 사람이 합니다.`,
          `Compared with ${finding.compared} records, most alike first. The numbers are suggestions; a person decides.`,
        )}
        {finding.screened !== undefined && (
          <>
            {' '}
            <Instant at={finding.screened.at} />
          </>
        )}
      </p>
      {!screenedNow(the) && (
        <p className="warn">
          {t(
            `이 결과는 계획서 ${finding.planVersion}판의 것입니다. 지금 판(${the.plan.version}판)을 검색하는 중입니다.`,
            `This is about version ${finding.planVersion}. Version ${the.plan.version} is being screened.`,
          )}
        </p>
      )}
      {finding.judgeable === false && (
        <p className="warn">
          {t(
            '계획서에 적힌 말이 적어 판별하기 어렵습니다. 기능과 데이터를 보완하도록 요청하십시오.',
            'The plan says too little to be judged. Ask for its functions and data.',
          )}
        </p>
      )}
      <div className="pairs">
        <div>
          <p className="keys">
            <Button keys="j" onClick={() => step(1)}>
              {t('다음', 'Next')} <kbd>j</kbd>
            </Button>
            <Button keys="k" onClick={() => step(-1)}>
              {t('이전', 'Previous')} <kbd>k</kbd>
            </Button>
            {possible(the, me).settle && (
              <span className="quiet">
                {t('중복', 'overlaps')} <kbd>c</kbd> {t('아님', 'does not')} <kbd>d</kbd>
              </span>
            )}
          </p>
          <ul className="candidates" ref={list} aria-label={t('후보', 'Candidates')}>
            {candidates.map((one) => (
              <li key={one.id}>
                <button type="button" aria-current={one.id === candidate.id} onClick={() => setChosen(one.id)}>
                  <strong>{one.name}</strong>
                  {one.agency !== '' && <span className="quiet">{one.agency}</span>}
                  {one.added === undefined ? (
                    <Likelihood probability={one.probability} />
                  ) : (
                    <Badge tone="information">{t('사람이 추가', 'Added by a person')}</Badge>
                  )}
                  <Verdict candidate={one} open={the.unsettled.includes(one.id)} />
                </button>
              </li>
            ))}
          </ul>
          {likely.length < found.length && (
            <p className="row center">
              <Button aria-expanded={all} onClick={() => setAll(!all)}>
                {all
                  ? t('접기', 'Fewer')
                  : t(
                      `가능성이 거의 없는 후보 ${found.length - likely.length}건 더`,
                      `${found.length - likely.length} more, very unlikely`,
                    )}
              </Button>
            </p>
          )}
          {possible(the, me).settle && <AddCandidate the={the} />}
        </div>
        <section className="panel pair" aria-labelledby="pair-title" tabIndex={-1} ref={detail}>
          <Pair
            the={the}
            candidate={candidate}
            key={candidate.id}
            onSettled={() => setChosen(the.unsettled.find((id) => id !== candidate.id) ?? candidate.id)}
          />
        </section>
      </div>
    </div>
  );
}

/** A reviewer knows a system that the engine did not find. */
function AddCandidate({ the }: { the: Case }) {
  const { t } = useSpeech();
  return (
    <ActForm
      path={`/v1/consultations/${the.consultation}/overlaps`}
      revision={the.revision}
      open={t('빠진 후보 추가', 'Add a candidate')}
      fields={[
        {
          name: 'kind',
          label: t('무엇인가', 'What it is'),
          kind: 'choice',
          choices: [
            { value: 'system', label: t('운영 중인 시스템', 'Existing system') },
            { value: 'plan', label: t('협의 중인 계획', 'Pending plan') },
          ],
        },
        {
          name: 'id',
          label: t('관리번호 또는 접수번호', 'Its number'),
          kind: 'text',
          hint: t('정보시스템 화면에서 찾은 번호를 적습니다.', 'As the page of systems gives it.'),
        },
        { name: 'reason', label: t('왜 겹친다고 보는가', 'Why it may overlap'), kind: 'area' },
      ]}
      done={{ ko: '후보를 추가했습니다. 다른 후보처럼 판정해야 합니다.', en: 'Added; it must be settled like the others.' }}
    />
  );
}

function asCandidate({ id, kind, name, agency, reason, settlement }: AddedCandidate): Candidate {
  return { id, kind, name, agency, probability: 0, flagged: true, facets: {}, evidence: [], settlement, added: reason };
}

function Verdict({ candidate, open }: { candidate: Candidate; open: boolean }) {
  const { t, say } = useSpeech();
  const settlement = candidate.settlement ?? null;
  if (open) return <Badge tone="danger">{t('판정 필요', 'To settle')}</Badge>;
  if (settlement === null) return <Badge tone="gray">{t('참고', 'For information')}</Badge>;
  return (
    <Badge tone={settlement.verdict === 'confirmed' ? 'warning' : 'success'}>{say(relationName(settlement.relation))}</Badge>
  );
}

function Pair({ the, candidate, onSettled }: { the: Case; candidate: Candidate; onSettled: () => void }) {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const entry = useRead<SystemRow>(candidate.kind === 'system' ? `/v1/systems/${encodeURIComponent(candidate.id)}` : null);
  const { settlement } = candidate;
  return (
    <div className="stack">
      <div>
        <h2 id="pair-title">{candidate.name}</h2>
        <p className="row">
          {candidate.agency !== '' && <span>{candidate.agency}</span>}
          <Badge tone="gray">
            {candidate.kind === 'system' ? t('운영 중인 시스템', 'Existing system') : t('협의 중인 계획', 'Pending plan')}
          </Badge>
          {candidate.added === undefined && <Likelihood probability={candidate.probability} />}
          {(candidate.reasons ?? []).map((reason) => (
            <Badge key={reason} tone="secondary">
              {say(REASON[reason] ?? { ko: reason, en: reason })}
            </Badge>
          ))}
        </p>
      </div>
      {candidate.added !== undefined && (
        <p className="prose">
          <strong>{t('추가한 까닭', 'Added because')}</strong> {candidate.added}
        </p>
      )}
      <Facets facets={candidate.facets} />
      {settlement != null && (
        <div className="settled">
          <p>
            <strong>{settlement.verdict === 'confirmed' ? t('중복으로 확정', 'Confirmed') : t('중복 아님', 'Dismissed')}</strong>{' '}
            · {say(relationName(settlement.relation))}
            {' · '}
            <Instant at={settlement.at} />
          </p>
          <p className="prose">{settlement.reason}</p>
        </div>
      )}
      <h3>{t('증거', 'Evidence')}</h3>
      {candidate.evidence.length === 0 ? (
        <p className="quiet">
          {t(
            '따로 인용할 문장이 없습니다. 사업명과 주제가 비슷합니다.',
            'There is no passage to quote: the titles and subjects are alike.',
          )}
        </p>
      ) : (
        <ol className="evidences">
          {candidate.evidence.map((evidence, index) => (
            <EvidencePair key={index} evidence={evidence} plan={the.plan.content} candidate={candidate} entry={entry.data} />
          ))}
        </ol>
      )}
      <Reuse the={the} candidate={candidate} />
      <Matrix consultation={the.consultation} candidate={candidate.id} />
      {entry.data !== undefined && <Entry system={entry.data} />}
      {settlement?.verdict === 'confirmed' &&
        entry.data?.level === 'central' &&
        the.authority.tier === 'METROPOLITAN' &&
        possible(the, me).settle &&
        (me.roles.includes('approver') ? (
          <ActForm
            path={`/v1/consultations/${the.consultation}/escalation`}
            revision={the.revision}
            open={t('행정안전부로 이관', 'Hand the review up to the ministry')}
            fields={[
              {
                name: 'reason',
                label: t('이관 사유', 'Why it is handed up'),
                kind: 'area',
                hint: t(
                  '중앙행정기관의 시스템과 겹쳐 조정이 필요한 때입니다. 이관하면 이 사건은 행정안전부가 결정합니다.',
                  'For an overlap with a system of the central government. From then on the ministry decides.',
                ),
              },
            ]}
            body={({ reason }) => ({ candidate: candidate.id, reason })}
            done={{ ko: '행정안전부로 이관했습니다.', en: 'The ministry reviews it from now on.' }}
          />
        ) : (
          <p className="quiet">
            {t(
              '중앙행정기관의 시스템과 겹치므로, 조정이 필요하면 결재자가 행정안전부로 이관할 수 있습니다.',
              'It overlaps a system of the central government: an approver can hand the review up to the ministry.',
            )}
          </p>
        ))}
      {possible(the, me).settle ? (
        <Settle the={the} candidate={candidate} onSettled={onSettled} />
      ) : (
        the.status === 'submitted' &&
        me.agency === the.authority.id && (
          <p className="quiet">{t('접수한 뒤에 판정할 수 있습니다.', 'It can be settled once the case is received.')}</p>
        )
      )}
    </div>
  );
}

/** Functions that the other side has already, and what not building them again may save. */
function Reuse({ the, candidate }: { the: Case; candidate: Candidate }) {
  const { t, language } = useSpeech();
  const reuse = the.finding?.reuse?.find((one) => one.candidate === candidate.id);
  if (reuse === undefined || reuse.functions.length === 0) return null;
  return (
    <div className="settled">
      <p>
        <strong>{t('재사용 제안', 'What could be reused')}</strong>{' '}
        {t(
          `구현 기능 ${reuse.of}개 가운데 ${reuse.functions.length}개가 이미 있습니다.`,
          `${reuse.functions.length} of ${reuse.of} functions exist already.`,
        )}{' '}
        {reuse.saving === null
          ? t('산출내역이 없어 절감액은 알 수 없습니다.', 'Without cost lines nobody can say what it would save.')
          : t(
              `만들지 않으면 ${won(reuse.saving.lowKrw, language)}에서 ${won(reuse.saving.highKrw, language)}을 아낄 수 있습니다.`,
              `Not building them may save ${won(reuse.saving.lowKrw, language)} to ${won(reuse.saving.highKrw, language)}.`,
            )}
      </p>
      <p className="quiet">{reuse.functions.map((place) => the.plan.content.functions[place] ?? `${place + 1}`).join(' · ')}</p>
    </div>
  );
}

function Entry({ system }: { system: SystemRow }) {
  const { t, say } = useSpeech();
  const name = (field: keyof PlanContent) => say(PLAN_FIELD[field] ?? { ko: field, en: field });
  const filled = (
    [
      [name('purpose'), system.purpose],
      [name('functions'), system.functions.join(' · ')],
      [name('data'), system.data.join(' · ')],
      [name('users'), system.users.join(' · ')],
      [name('text'), system.text ?? ''],
      [t('출처', 'Source'), system.source],
    ] as const
  ).filter(([, value]) => value !== '');
  return (
    <details>
      <summary>{t('상대 시스템의 등록 내용', 'What the register says of the other system')}</summary>
      <Facts rows={filled} />
    </details>
  );
}

function Settle({ the, candidate, onSettled }: { the: Case; candidate: Candidate; onSettled: () => void }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const [verdict, setVerdict] = useState<'confirmation' | 'dismissal' | ''>('');
  const [relation, setRelation] = useState('');
  const [reason, setReason] = useState('');
  const relations = verdict === 'confirmation' ? FAULTS : NON_FAULTS;
  const suggested = candidate.relation;
  const box = useRef<HTMLDivElement>(null);
  const choose = (next: 'confirmation' | 'dismissal'): void => {
    setVerdict(next);
    const suited = next === 'confirmation' ? FAULTS : NON_FAULTS;
    const first = next === 'confirmation' ? 'DUPLICATES' : 'UNRELATED';
    setRelation(suggested !== undefined && suggested.relation in suited ? suggested.relation : first);
  };
  const byKey = (next: 'confirmation' | 'dismissal'): void => {
    choose(next);
    requestAnimationFrame(() => box.current?.querySelector('textarea')?.focus());
  };
  useKeys({ c: () => byKey('confirmation'), d: () => byKey('dismissal') });
  const settle = async (): Promise<void> => {
    const receipt = await act({
      path: `/v1/consultations/${the.consultation}/overlaps/${encodeURIComponent(candidate.id)}/${verdict}`,
      body: { relation, reason },
      revision: the.revision,
      done: { ko: `‘${candidate.name}’${josa(candidate.name, '을', '를')} 판정했습니다.`, en: `“${candidate.name}” is settled.` },
    });
    if (receipt !== null) onSettled();
  };
  return (
    <div className="settle" ref={box}>
      {suggested !== undefined && (
        <p className="quiet">
          {t('판별기의 제안', 'The engine suggests')}: <strong>{say(relationName(suggested.relation))}</strong>
          {suggested.because.length > 0 &&
            ` (${suggested.because
              .map(
                ({ ground, quote }) =>
                  `${say(GROUND[ground] ?? { ko: ground, en: ground })}${quote === undefined ? '' : ` “${quote}”`}`,
              )
              .join(', ')})`}
          . {t('판정은 사람이 합니다.', 'A person decides.')}
        </p>
      )}
      <Form problem={problem} label={t('판정', 'Settle')} onSubmit={() => void settle()}>
        <RadioField
          label={candidate.settlement == null ? t('판정', 'Your finding') : t('다시 판정', 'Settle again')}
          name="verdict"
          value={verdict}
          onChange={(value) => choose(value as 'confirmation' | 'dismissal')}
          choices={[
            { value: 'confirmation', label: t('중복으로 확정', 'It overlaps') },
            { value: 'dismissal', label: t('중복 아님', 'It does not') },
          ]}
        />
        {verdict !== '' && (
          <>
            <SelectField
              label={t('관계', 'Relation')}
              pointer="/relation"
              value={relation}
              onChange={setRelation}
              {...(suggested?.relation === relation ? { hint: t('판별기가 제안한 관계입니다.', 'As the engine suggests.') } : {})}
              choices={Object.entries(relations).map(([value, words]) => ({ value, label: say(words) }))}
            />
            <TextArea
              label={t('판단 사유', 'Reason')}
              pointer="/reason"
              required
              rows={3}
              value={reason}
              onChange={setReason}
              hint={t(
                '감사 때 그대로 보입니다. 짧고 분명하게 적으십시오.',
                'Auditors will read it as it stands. Short and clear.',
              )}
            />
            <div>
              <Button submit weight="primary" busy={busy}>
                {t('판정 기록', 'Record')}
              </Button>
            </div>
          </>
        )}
      </Form>
    </div>
  );
}
