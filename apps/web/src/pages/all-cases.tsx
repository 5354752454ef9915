import { useSpeech } from '../language.js';
import { Applications } from './my-cases.js';

/** Every agency's cases, for auditors; the time machine is in each case. */
export default function AllCasesPage() {
  const { t } = useSpeech();
  return (
    <Applications
      title={t('전체 사건', 'All cases')}
      lead={t(
        '모든 기관의 사전협의입니다. 사건을 열어 ‘재생’에서 그때 무엇이 보였는지 되돌려 봅니다.',
        'The cases of every agency. Open one and go to “Replay” to see what was shown at any moment.',
      )}
      withApplicant
    />
  );
}
