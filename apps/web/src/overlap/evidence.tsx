import type { Candidate, Evidence, Passage, PlanContent } from '../contract.js';
import { useSpeech } from '../language.js';
import { FACET, PLAN_FIELD } from '../terms.js';
import { highlight, inContext, telling } from './highlight.js';

type Described = Partial<Record<keyof PlanContent, unknown>>;

/** The string of a plan or entry in which a passage stands. */
function textOf(described: Described | undefined, { field, index }: Passage): string | undefined {
  const value: unknown = described?.[field as keyof PlanContent];
  const text: unknown = Array.isArray(value) ? value[index] : value;
  return typeof text === 'string' ? text : undefined;
}

function Quote({
  side,
  passage,
  terms,
  described,
  name,
}: {
  side: string;
  passage: Passage;
  terms: readonly string[];
  described: Described | undefined;
  name: string;
}) {
  const { say } = useSpeech();
  const { before, quote, after } = inContext(textOf(described, passage), passage);
  const field = PLAN_FIELD[passage.field];
  const isList = ['functions', 'users', 'data', 'technologies'].includes(passage.field);
  return (
    <figure className="quote">
      <figcaption>
        <strong>{side}</strong> <span className="quiet">{name}</span>
        <span className="quiet">
          {' · '}
          {field === undefined ? passage.field : say(field)}
          {isList && ` ${passage.index + 1}`}
        </span>
      </figcaption>
      <blockquote>
        <span className="quiet">{before}</span>
        {highlight(quote, terms).map(({ text, matched }, index) =>
          matched ? (
            <mark key={index}>
              <span className="sr-only">[</span>
              {text}
              <span className="sr-only">]</span>
            </mark>
          ) : (
            <span key={index}>{text}</span>
          ),
        )}
        <span className="quiet">{after}</span>
      </blockquote>
    </figure>
  );
}

/** One reason, quoted from both sides. */
export function EvidencePair({
  evidence,
  plan,
  candidate,
  entry,
}: {
  evidence: Evidence;
  plan: PlanContent;
  candidate: Candidate;
  /** What the other side says in full, where it may be read. */
  entry?: Described | undefined;
}) {
  const { t, say } = useSpeech();
  const shared = telling(evidence.terms);
  return (
    <li className="evidence">
      <p className="evidence-head">
        <strong>{say(FACET[evidence.facet])}</strong> <Score value={evidence.score} />
        {shared.length > 0 && (
          <span className="quiet">
            {t('함께 쓰인 말', 'Shared words')}: {shared.join(', ')}
          </span>
        )}
      </p>
      <div className="sides">
        <Quote
          side={t('신청한 계획', 'This plan')}
          name={plan.title}
          passage={evidence.plan}
          terms={evidence.terms}
          described={plan}
        />
        <Quote
          side={t('상대', 'The other')}
          name={candidate.name}
          passage={evidence.candidate}
          terms={evidence.terms}
          described={entry}
        />
      </div>
    </li>
  );
}

function Score({ value }: { value: number }) {
  const { t } = useSpeech();
  return (
    <span className="quiet">
      {t('유사도', 'similarity')} {Math.round(value * 100)}%
    </span>
  );
}

/** How alike in each respect, as bars with their numbers. */
export function Facets({ facets }: { facets: Candidate['facets'] }) {
  const { say } = useSpeech();
  const shown = (Object.keys(FACET) as (keyof typeof FACET)[]).flatMap((facet) => {
    const value = facets[facet];
    return value === undefined ? [] : [{ facet, value }];
  });
  return (
    <dl className="facets">
      {shown.map(({ facet, value }) => (
        <div key={facet}>
          <dt>{say(FACET[facet])}</dt>
          <dd>
            <span className="facet-bar" aria-hidden="true">
              <span style={{ inlineSize: `${Math.round(value * 100)}%` }} />
            </span>
            {Math.round(value * 100)}%
          </dd>
        </div>
      ))}
    </dl>
  );
}
