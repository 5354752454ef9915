import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message, Receipt } from '../contract.js';
import { useSpeech } from '../language.js';
import { SelfCheck } from '../overlap/self-check.js';
import { Button, Form } from '../pieces/form.js';
import { Instant, Title } from '../pieces/show.js';
import { useKept } from '../plan/kept.js';
import { contentOf, EMPTY_DRAFT } from '../plan/plan-draft.js';
import { PlanFields } from '../plan/plan-form.js';
import { useAct } from '../reading.js';
import { useSession } from '../session.js';

/** A new project and its consultation: the form, and the self-check beside it. */
export default function NewPlanPage() {
  const { t } = useSpeech();
  const { me, is } = useSession();
  // Whoever only drafts puts it before the agency's approver instead.
  const files = is('applicant-approver');
  const [, go] = useLocation();
  const { act, busy, problem } = useAct();
  const { draft, setDraft, forget, keptAt } = useKept(`plan:${me.agency}:${me.person}`, () => EMPTY_DRAFT);
  // Steps that have been recorded stay so when a later one is refused: pressing again goes on from there.
  const [planned, setPlanned] = useState<{ readonly plan: string; readonly project: Receipt } | null>(null);
  const content = contentOf(draft);

  const save = async (file: boolean): Promise<void> => {
    const plan = JSON.stringify(content);
    const filed: Message = files
      ? { ko: '신청했습니다.', en: 'Submitted.' }
      : { ko: '결재를 올렸습니다.', en: 'The draft waits for approval.' };
    const done: Message = file ? filed : { ko: '초안을 저장했습니다.', en: 'The draft is saved.' };
    const recorded: Message = { ko: '사업을 등록했습니다.', en: 'The project is recorded.' };
    const project =
      planned?.plan === plan ? planned.project : await act({ path: '/v1/projects', body: { plan: content }, done: recorded });
    if (project === null) return;
    setPlanned({ plan, project });
    const drafted = await act({ path: '/v1/consultations', body: { project: project.id }, done: file ? recorded : done });
    if (drafted === null) return;
    forget();
    setDraftGone();
    const next = files ? 'submission' : 'submission-request';
    if (file) await act({ path: `/v1/consultations/${drafted.id}/${next}`, revision: drafted.revision, done });
    go(`/cases/${drafted.id}`);
  };
  const setDraftGone = (): void => setPlanned(null);

  return (
    <>
      <Title
        lead={t(
          '사업계획을 적고, 비슷한 시스템이 있는지 미리 점검한 뒤 신청합니다.',
          'Describe the project, check it against what exists, then submit.',
        )}
      >
        {t('사업계획 작성', 'New plan')}
      </Title>
      <div className="beside">
        <Form problem={problem} label={t('사업계획', 'Plan')} onSubmit={() => void save(true)}>
          <PlanFields draft={draft} onChange={setDraft} />
          <div className="row">
            <Button submit weight="primary" busy={busy}>
              {files ? t('신청하기', 'Submit') : t('결재 올리기', 'Put before the approver')}
            </Button>
            <Button busy={busy} onClick={() => void save(false)}>
              {t('초안으로 저장', 'Save as a draft')}
            </Button>
            <Button
              onClick={() => {
                forget();
                setDraft(EMPTY_DRAFT);
              }}
            >
              {t('비우기', 'Clear')}
            </Button>
            <span className="quiet" role="status">
              {keptAt !== null && (
                <>
                  {t('이 브라우저에 보관됨', 'Kept in this browser')} <Instant at={keptAt} />
                </>
              )}
            </span>
          </div>
        </Form>
        <SelfCheck plan={content} />
      </div>
    </>
  );
}
