import type { PlanContent } from '../contract.js';
import { useSpeech } from '../language.js';
import { LegalDate, Money } from '../pieces/show.js';
import { PLAN_FIELD } from '../terms.js';
import { diffList, diffText, type Piece } from './diff.js';
import { changedFields, costsInWords, isList, isText, ORDER, type Field } from './fields.js';

/** A plan as it reads, filled parts only; with `before`, what has changed since is marked (신구대조). */
export function PlanView({
  plan,
  before,
  onlyChanges = false,
}: {
  plan: PlanContent;
  before?: PlanContent | undefined;
  onlyChanges?: boolean;
}) {
  const { say, t } = useSpeech();
  const changed = before === undefined ? [] : changedFields(before, plan);
  const filled = ORDER.filter((field) => {
    if (onlyChanges) return changed.includes(field);
    const value = plan[field];
    return (
      typeof value === 'number' ||
      (value !== null && value !== undefined && value.length !== 0) ||
      changed.includes(field) ||
      field === 'budgetKrw'
    );
  });
  if (onlyChanges && filled.length === 0)
    return <p className="quiet">{t('계획서는 바뀌지 않았습니다.', 'The plan has not changed.')}</p>;
  return (
    <dl className="plan">
      {filled.map((field) => (
        <div key={field} className={changed.includes(field) ? 'changed' : ''}>
          <dt>
            {say(PLAN_FIELD[field] ?? { ko: field, en: field })}
            {changed.includes(field) && <span className="changed-word">{t('바뀜', 'changed')}</span>}
          </dt>
          <dd>
            <PlanValue field={field} plan={plan} before={changed.includes(field) ? before : undefined} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One part of a plan; with `before`, what has changed in it is marked. */
export function PlanValue({ field, plan, before }: { field: Field; plan: PlanContent; before: PlanContent | undefined }) {
  if (isList(field) || field === 'costLines') {
    const rows = (content: PlanContent) => (field === 'costLines' ? costsInWords(content) : content[field]);
    const pieces: readonly Piece[] =
      before === undefined ? rows(plan).map((text) => ({ kind: 'same', text })) : diffList(rows(before), rows(plan));
    return (
      <ol className="plan-list">
        {pieces.map((piece, index) => (
          <li key={index} className={piece.kind}>
            <Changed piece={piece} />
          </li>
        ))}
      </ol>
    );
  }
  if (isText(field)) {
    if (before === undefined) return <span className="prose">{plan[field]}</span>;
    return (
      <span className="prose">
        {diffText(before[field], plan[field]).map((piece, index) => (
          <Changed key={index} piece={piece} />
        ))}
      </span>
    );
  }
  const show = (content: PlanContent) =>
    field === 'budgetKrw' ? (
      <Money amount={content.budgetKrw} />
    ) : content.orderPlannedOn === null ? null : (
      <LegalDate date={content.orderPlannedOn} />
    );
  if (before === undefined) return show(plan);
  return (
    <>
      <del>{show(before)}</del> <ins>{show(plan)}</ins>
    </>
  );
}

/** Marked by element and sign, not by colour alone. */
function Changed({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === 'removed') return <del>{text}</del>;
  if (kind === 'added') return <ins>{text}</ins>;
  return <>{text}</>;
}
