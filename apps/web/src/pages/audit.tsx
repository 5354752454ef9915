import { useLocation } from 'wouter';
import { AccessTab } from '../audit/access-tab.js';
import { FindingsTab } from '../audit/findings-tab.js';
import { QuestionsTab } from '../audit/questions-tab.js';
import { SamplesTab } from '../audit/samples-tab.js';
import { SealTab } from '../audit/seal-tab.js';
import { useSpeech } from '../language.js';
import { Title } from '../pieces/show.js';
import { Tabs } from '../pieces/tabs.js';

const TABS = ['samples', 'questions', 'findings', 'access', 'seal'] as const;
type TabId = (typeof TABS)[number];

/** 감사 업무: what an auditor asks of the whole record, what came of it, and why the record can be believed. */
export default function AuditPage({ tab }: { tab?: string | undefined }) {
  const { t } = useSpeech();
  const [, go] = useLocation();
  const open: TabId = TABS.find((name) => name === tab) ?? 'samples';
  const labels: Readonly<Record<TabId, string>> = {
    samples: t('표본추출', 'Samples'),
    questions: t('질문 모음', 'Questions'),
    findings: t('지적과 답변', 'Findings'),
    access: t('열람 기록', 'Access record'),
    seal: t('무결성과 내보내기', 'Integrity and exports'),
  };
  return (
    <>
      <Title
        lead={t(
          '무엇을 열람했는지는 모두 기록되어 관리자와 감사관이 볼 수 있습니다.',
          'Whatever you read here is recorded, and auditors and administrators can see it.',
        )}
      >
        {t('감사 업무', 'Audit')}
      </Title>
      <Tabs
        label={t('감사 업무의 부분', 'Parts of the audit')}
        tabs={TABS.map((id) => ({ id, label: labels[id] }))}
        open={open}
        onOpen={(id) => go(`/audit/${id}`, { replace: true })}
      >
        {open === 'samples' && <SamplesTab />}
        {open === 'questions' && <QuestionsTab />}
        {open === 'findings' && <FindingsTab />}
        {open === 'access' && <AccessTab />}
        {open === 'seal' && <SealTab />}
      </Tabs>
    </>
  );
}
