import { FindingsTab } from '../audit/findings-tab.js';
import { useSpeech } from '../language.js';
import { Title } from '../pieces/show.js';

/** 감사 지적: what auditors want from one's own agency. */
export default function FindingsPage() {
  const { t } = useSpeech();
  return (
    <>
      <Title lead={t('감사기관이 우리 기관에 답을 구한 것입니다.', 'What auditors want an answer to from us.')}>
        {t('감사 지적', 'Audit findings')}
      </Title>
      <FindingsTab />
    </>
  );
}
