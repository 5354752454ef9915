import { useState } from 'react';
import type { PlanContent } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, RadioField } from '../pieces/form.js';
import { PLAN_FIELD } from '../terms.js';
import type { Field } from './fields.js';
import { differing, merged, type Side } from './merge.js';
import { PlanValue } from './plan-view.js';

/** Somebody else saved the plan meanwhile: theirs and mine side by side, chosen part by part. Nothing of either is lost before that. */
export function MergePanel({
  base,
  mine,
  theirs,
  onMerged,
}: {
  base: PlanContent;
  mine: PlanContent;
  theirs: PlanContent;
  onMerged: (plan: PlanContent) => void;
}) {
  const { t, say } = useSpeech();
  const parts = differing(base, mine, theirs);
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Field, Side>>>>({});
  const choice = Object.fromEntries(
    parts.flatMap(({ field, proposed }) => {
      const side = chosen[field] ?? proposed;
      return side === null ? [] : [[field, side]];
    }),
  ) as Readonly<Partial<Record<Field, Side>>>;
  const open = parts.filter(({ field }) => choice[field] === undefined).length;
  return (
    <section className="panel" aria-labelledby="merge">
      <h2 id="merge">{t('다른 사람이 초안을 고쳤습니다', 'Somebody else has changed the draft')}</h2>
      <p>
        {t(
          '내가 적던 것과 그쪽에서 저장한 것을 나란히 봅니다. 항목마다 어느 쪽을 쓸지 고르면 합쳐서 이어 씁니다.',
          'What you were writing and what they saved, side by side. Choose for each part, then go on with both.',
        )}
      </p>
      <ul className="merge">
        {parts.map(({ field, proposed }) => {
          const name = say(PLAN_FIELD[field] ?? { ko: field, en: field });
          const side = choice[field];
          return (
            <li key={field} className="stack">
              <h3>{name}</h3>
              <div className="sides">
                <div className={side === 'mine' ? 'chosen' : ''}>
                  <p className="quiet">{t('내가 적던 것', 'Mine')}</p>
                  <PlanValue field={field} plan={mine} before={base} />
                </div>
                <div className={side === 'theirs' ? 'chosen' : ''}>
                  <p className="quiet">{t('그쪽에서 저장한 것', 'Theirs')}</p>
                  <PlanValue field={field} plan={theirs} before={base} />
                </div>
              </div>
              <RadioField
                label={
                  proposed === null
                    ? t(`${name}: 둘 다 고쳤습니다. 어느 쪽을 씁니까?`, `${name}: both changed it. Which one?`)
                    : t(`${name}: 어느 쪽을 씁니까?`, `${name}: which one?`)
                }
                name={field}
                value={side ?? ''}
                onChange={(value) => setChosen({ ...chosen, [field]: value === 'mine' ? 'mine' : 'theirs' })}
                choices={[
                  { value: 'mine', label: t('내 것', 'Mine') },
                  { value: 'theirs', label: t('그쪽 것', 'Theirs') },
                ]}
              />
            </li>
          );
        })}
      </ul>
      <div className="row">
        <Button weight="primary" busy={open > 0} onClick={() => onMerged(merged(mine, theirs, choice))}>
          {t('합쳐서 이어 쓰기', 'Merge and go on')}
        </Button>
        <span role="status" className="quiet">
          {open > 0 && t(`고를 항목 ${open}개가 남았습니다.`, `${open} part(s) left to choose.`)}
        </span>
      </div>
    </section>
  );
}
