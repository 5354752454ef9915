import { ApiKeys } from '../integrations/api-keys.js';
import { Webhooks } from '../integrations/webhooks.js';
import { useSpeech } from '../language.js';
import { Title } from '../pieces/show.js';

/** 연계: other systems are told what happens here, and ask on their own account. */
export default function IntegrationsPage() {
  const { t } = useSpeech();
  return (
    <>
      <Title
        lead={t(
          '다른 시스템에 사건의 진행을 알리고, 다른 시스템이 자료를 주고받을 열쇠를 만듭니다.',
          'Other systems are told what happens to cases, and sign in with keys of their own.',
        )}
      >
        {t('연계', 'Integrations')}
      </Title>
      <div className="stack">
        <Webhooks />
        <ApiKeys />
      </div>
    </>
  );
}
