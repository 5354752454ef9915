import { Link } from 'wouter';
import { useSpeech } from './language.js';

/** 도움말: after the choice of the language on every page, also before anybody has signed in (KWCAG 7.2.2, WCAG 3.2.6). */
export function HelpLink() {
  const { t } = useSpeech();
  return (
    <Link href="/help" className="krds-btn small tertiary">
      {t('도움말', 'Help')}
    </Link>
  );
}
