import type { PersonInCase } from '../contract.js';
import { useSpeech } from '../language.js';
import { useRead } from '../reading.js';
import { nameOf } from './names.js';

/** Everybody who acted in a case, with the names that this person may see; none while they are being read. */
export function usePeople(consultation: string): readonly PersonInCase[] {
  const path = `/v1/consultations/${encodeURIComponent(consultation)}/people`;
  return useRead<{ readonly people: readonly PersonInCase[] }>(path, { fromLog: true }).data?.people ?? [];
}

/** A person by name, and by the pseudonym that is on record; or why there is no name. */
export function Person({ id, people }: { id: string; people: readonly PersonInCase[] }) {
  const { t } = useSpeech();
  const name = nameOf(id, people);
  const standing = people.find(({ person }) => person === id)?.standing;
  if (name !== null) {
    return (
      <>
        {name} <span className="quiet">{id}</span>
      </>
    );
  }
  return (
    <>
      {id} {standing === 'withheld' && <span className="quiet">{t('이름 비공개', 'name withheld')}</span>}
      {standing === 'erased' && <span className="quiet">{t('이름 파기됨', 'name erased')}</span>}
    </>
  );
}
