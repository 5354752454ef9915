import type { ReactNode } from 'react';
import type { Case } from '../contract.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Facts, Instant, LegalDate } from '../pieces/show.js';
import { useSession } from '../session.js';
import { OVER, TRACK } from '../terms.js';
import { Person, usePeople } from './people.js';

/** How the review runs: who leads it, on which track, what was announced and talked about. */
export function CoursePanel({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const people = usePeople(the.consultation);
  if (the.received === null) return null;
  const reviewer = me.agency === the.authority.id && (me.roles.includes('reviewer') || me.roles.includes('approver'));
  const running = !OVER.has(the.status);
  const lead = the.assignments?.at(-1);
  const track = the.trackChanges?.at(-1)?.track ?? the.received.track;
  const rows: (readonly [string, ReactNode])[] = [[t('처리 유형', 'Track'), say(TRACK[track])]];
  rows.push([
    t('주심', 'Lead reviewer'),
    lead === undefined ? t('배정하지 않음', 'Not assigned') : <Person id={lead.reviewer.person} people={people} />,
  ]);
  for (const change of the.trackChanges ?? []) {
    rows.push([
      change.track === 'fast' ? t('신속처리 지정', 'Put on the fast track') : t('신속처리 해제', 'Taken off the fast track'),
      <>
        {change.reason} · <Instant at={change.at} />
      </>,
    ]);
  }
  for (const notice of the.delayNotices ?? []) {
    rows.push([
      t('지연 통지', 'Delay notice'),
      <>
        {t('결과 통보 예정', 'Expected')} <LegalDate date={notice.expectedNotificationOn} />: {notice.reason}
      </>,
    ]);
  }
  for (const meeting of the.meetings ?? []) {
    rows.push([
      t(`대면회의 ${meeting.meeting}`, `Meeting ${meeting.meeting}`),
      <>
        <LegalDate date={meeting.heldOn} />: {meeting.minutes}
      </>,
    ]);
  }
  const at = `/v1/consultations/${the.consultation}`;
  const shared = { revision: the.revision };
  const reason = { name: 'reason', label: t('사유', 'Why'), kind: 'area' } as const;
  return (
    <section className="panel" aria-labelledby="course-title">
      <h2 id="course-title">{t('검토 진행', 'How the review runs')}</h2>
      <Facts rows={rows} />
      {reviewer && running && (
        <div className="row acts">
          {(lead === undefined || me.roles.includes('approver')) && (
            <ActForm
              {...shared}
              path={lead === undefined ? `${at}/reviewer` : `${at}/reviewer/reassignment`}
              open={lead === undefined ? t('주심 배정', 'Assign a lead') : t('주심 바꾸기', 'Reassign')}
              fields={[
                {
                  name: 'person',
                  label: t('담당자 번호', 'Id of the official'),
                  kind: 'text',
                  hint: t(`나: ${me.person}`, `You: ${me.person}`),
                },
                ...(lead === undefined ? [] : [reason]),
              ]}
              done={{ ko: '주심을 배정했습니다.', en: 'The lead reviewer is assigned.' }}
            />
          )}
          {track === 'fast' ? (
            <ActForm
              {...shared}
              path={`${at}/fast-track/revocation`}
              open={t('신속처리 해제', 'Take off the fast track')}
              fields={[reason]}
              done={{ ko: '신속처리를 해제했습니다.', en: 'Off the fast track.' }}
            />
          ) : (
            <ActForm
              {...shared}
              path={`${at}/fast-track`}
              open={t('신속처리 지정', 'Put on the fast track')}
              fields={[{ name: 'ground', label: t('재난·안전상 까닭', 'Ground of disaster safety'), kind: 'area' }]}
              done={{ ko: '신속처리로 지정했습니다.', en: 'On the fast track.' }}
            />
          )}
          <ActForm
            {...shared}
            path={`${at}/delay-notice`}
            open={t('지연 통지', 'Notify a delay')}
            fields={[
              { name: 'expectedNotificationOn', label: t('결과 통보 예정일', 'Result expected on'), kind: 'date' },
              reason,
            ]}
            done={{ ko: '지연을 통지했습니다.', en: 'The delay is notified.' }}
          />
          <ActForm
            {...shared}
            path={`${at}/meetings`}
            open={t('대면회의 기록', 'Record a meeting')}
            fields={[
              { name: 'heldOn', label: t('회의한 날', 'Held on'), kind: 'date' },
              {
                name: 'minutes',
                label: t('회의 내용', 'Minutes'),
                kind: 'area',
                hint: t('사람 이름은 적지 않습니다.', 'Without names of people.'),
              },
            ]}
            done={{ ko: '회의를 기록했습니다.', en: 'The meeting is recorded.' }}
          />
        </div>
      )}
    </section>
  );
}
