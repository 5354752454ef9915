import { Link, useLocation } from 'wouter';
import type { PlannedProject, ProjectThread } from '../contract.js';
import { useSpeech } from '../language.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { RevisePlan } from '../plan/revise-plan.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { roundInTheWay } from '../project/steps.js';

/** The plan of a project whose plan nobody reviews: each save is its next version. */
export default function ProjectPlanPage({ id }: { id: string }) {
  const { t } = useSpeech();
  const { me, is } = useSession();
  const [, go] = useLocation();
  const project = useRead<PlannedProject>(`/v1/projects/${id}`);
  const thread = useRead<ProjectThread>(`/v1/projects/${id}/thread`);
  const error = project.error ?? thread.error;
  if (error !== null) return <ReadProblem error={error} />;
  const current = project.data?.plans.at(-1);
  if (project.data === undefined || thread.data === undefined || current === undefined) return <Waiting />;
  const the = thread.data;
  const round = roundInTheWay(the);
  const mayRevise = the.agency === me.agency && is('applicant') && the.abandoned === null;
  const decided = the.consultations.some(({ letters }) => letters.length > 0);
  return (
    <>
      <p className="back">
        <Link href={`/projects/${id}`}>{t('← 사업', '← Project')}</Link>
      </p>
      <Title
        lead={t(
          `${current.version}판을 고쳐 ${current.version + 1}판으로 저장합니다. 앞의 판은 기록에 그대로 남습니다.`,
          `Version ${current.version} becomes version ${current.version + 1} when it is saved. Earlier ones stay on record.`,
        )}
      >
        {t('사업계획 고치기', 'Revise the plan')}
      </Title>
      {!mayRevise ? (
        <Empty title={t('이 사업의 계획은 여기서 고칠 수 없습니다.', 'This plan cannot be revised here.')}>
          <p>
            {the.abandoned === null
              ? t('사업을 맡은 기관의 신청 담당자만 고칩니다.', 'Only applicants of the agency that runs the project do.')
              : t(
                  '중단한 사업입니다. 다시 추진하려면 새 사업으로 등록하십시오.',
                  'It was abandoned. Plan a new project to pursue it again.',
                )}
          </p>
        </Empty>
      ) : round !== undefined ? (
        <Empty title={t('협의 중인 계획은 여기서 고칠 수 없습니다.', 'A plan under consultation is not revised here.')}>
          <p>
            {round.phase === 'draft'
              ? t(
                  '협의 초안의 신청서 탭에서 고치십시오. 신청할 때 그 계획이 갑니다.',
                  'Revise it in the draft of the consultation: that is what will be filed.',
                )
              : t(
                  '심사하는 동안 계획이 바뀌면 무엇을 심사했는지 알 수 없게 됩니다. 보완요청에 답하면서 고치거나, 결과를 받은 뒤에 고치십시오.',
                  'What is reviewed must not change under the review. Change it in the answer to a correction, or after the letter.',
                )}
          </p>
          <p>
            <Link href={`/cases/${round.consultation}/plan`} className="krds-btn small tertiary">
              {t('그 사건의 신청서 보기', 'See the plan of that case')}
            </Link>
          </p>
        </Empty>
      ) : (
        <>
          {decided && (
            <p className="warn">
              {t(
                '이미 결과를 통보받은 계획입니다. 여기서 고친 판은 협의를 거치지 않은 것이어서, 그 사건에서 변경을 알리거나 다시 협의해야 발주할 수 있습니다.',
                'A result was notified for this plan. A version saved here has not been consulted: report the change in that case, or consult again, before ordering.',
              )}
            </p>
          )}
          <RevisePlan
            name={`project:${id}`}
            current={current}
            revision={project.data.revision}
            label={t('사업계획 고치기', 'Revise the plan')}
            save={t(`${current.version + 1}판으로 저장`, `Save as version ${current.version + 1}`)}
            sent={(plan) => ({ path: `/v1/projects/${id}/plan-versions`, body: { plan } })}
            done={{ ko: '새 판을 저장했습니다.', en: 'The new version is saved.' }}
            onSaved={() => go(`/projects/${id}`)}
          />
        </>
      )}
    </>
  );
}
