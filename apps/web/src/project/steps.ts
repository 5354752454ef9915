import type { Message, PreliminaryReviews, ProjectThread } from '../contract.js';
import { legalDate, todayInSeoul } from '../format.js';
import { OMISSION, OUTCOME, OVER, PERFORMANCE, PRELIMINARY, TARGET, TRACK } from '../terms.js';

export type StepKind = 'plan' | 'eligibility' | 'preliminary' | 'consultation' | 'budget' | 'order' | 'progress' | 'performance';

/** One thing that happened to a project. */
export interface Step {
  readonly kind: StepKind;
  /** Instant, or a day where only the day is on record. */
  readonly at: string;
  readonly text: Message;
  readonly detail?: string;
  readonly tone?: 'warning' | 'danger' | 'success';
  /** Where more is to be read. */
  readonly to?: string;
}

const won = (krw: number): string => krw.toLocaleString('ko-KR');

/** The consultation for whose sake the plan is not revised outside of it: one that is being written, reviewed, decided or objected to. */
export function roundInTheWay({ consultations }: ProjectThread): ProjectThread['consultations'][number] | undefined {
  return consultations.find(({ phase }) => !OVER.has(phase));
}

/**
 * The consultation that may be drafted now: the first, one that takes up the newest (by its id), or none while one is under way or a decision
 * stands. Whether a change has to be consulted upon again is told, and answered, in the decided case.
 */
export function nextRound({ consultations }: ProjectThread): { readonly previous: string | undefined } | null {
  const rounds = consultations.filter(({ phase, submittedAt }) => phase !== 'withdrawn' || submittedAt !== null);
  const decided = rounds.some(({ letters }) => letters.length > 0 && letters.at(-1)?.outcome !== 'HOLD');
  if (decided || rounds.some(({ phase }) => !OVER.has(phase))) return null;
  const newest = rounds.at(-1);
  return { previous: newest === undefined || newest.phase === 'closed' ? undefined : newest.consultation };
}

/** Everything that happened to a project, oldest first. */
export function stepsOf(thread: ProjectThread, preliminary: PreliminaryReviews | undefined): readonly Step[] {
  const steps: readonly Step[] = [
    ...thread.plans.map(({ version, at, hash }): Step => {
      const text =
        version === 1
          ? { ko: '사업을 등록했습니다.', en: 'The project was planned.' }
          : { ko: `계획서를 ${version}판으로 고쳤습니다.`, en: `The plan was revised: version ${version}.` };
      return { kind: 'plan', at, text, detail: `SHA-256 ${hash.slice(0, 12)}…` };
    }),
    ...thread.assessments.map(({ at, target, track, on, ruleSet }): Step => {
      const days = track === null ? null : TRACK[track];
      return {
        kind: 'eligibility',
        at,
        text: {
          ko: `대상여부 판정: ${TARGET[target].ko}${days === null ? '' : `, ${days.ko}`} (${legalDate(on, 'ko')} 기준)`,
          en: `Eligibility: ${TARGET[target].en}${days === null ? '' : `, ${days.en}`} (by the rules of ${on})`,
        },
        detail: ruleSet,
      };
    }),
    ...(preliminary?.requests ?? []).flatMap(({ number, fiscalYear, requestedOn, opinion, withdrawn, finding }): Step[] => {
      const named = { ko: `${fiscalYear}년도 예비검토 ${number}`, en: `Preliminary review ${number} (${fiscalYear})` };
      const flagged = finding?.candidates.filter((candidate) => candidate.flagged).length;
      const found =
        flagged === undefined
          ? { ko: '', en: '' }
          : { ko: `, 비슷한 것 ${flagged}건`, en: `, ${flagged} alike enough to be questioned` };
      const asked: Step = {
        kind: 'preliminary',
        at: requestedOn,
        text: {
          ko: `${named.ko}${withdrawn === null ? ' 요청' : ` 취하: ${withdrawn}`}${found.ko}`,
          en: `${named.en}: ${withdrawn === null ? 'asked for' : `withdrawn, ${withdrawn}`}${found.en}`,
        },
      };
      if (opinion === null) return [asked];
      const words = PRELIMINARY[opinion.verdict];
      return [
        asked,
        {
          kind: 'preliminary',
          at: opinion.givenOn,
          text: { ko: `${named.ko} 의견: ${words.ko}`, en: `${named.en}: ${words.en}` },
          detail: opinion.text,
          tone: opinion.verdict === 'NO_OBJECTION' ? 'success' : 'warning',
        },
      ];
    }),
    ...thread.consultations.flatMap(({ consultation, authority, draftedAt, submittedAt, receivedAt, letters }): Step[] => {
      const to = `/cases/${consultation}`;
      const about = { kind: 'consultation', to } as const;
      const at = (when: string | null, ko: string, en: string): Step[] =>
        when === null ? [] : [{ ...about, at: when, text: { ko, en } }];
      return [
        ...at(draftedAt, '사전협의 초안을 쓰기 시작했습니다.', 'A consultation was drafted.'),
        ...at(submittedAt, `${authority.name}에 신청했습니다.`, `Submitted to ${authority.name}.`),
        ...at(receivedAt, `${authority.name}에서 접수했습니다.`, `Received by ${authority.name}.`),
        ...letters.map(({ at: when, documentNumber, outcome, conditions }): Step => ({
          ...about,
          at: when,
          to: `${to}/decision`,
          text: {
            ko: `${authority.name} 통보: ${OUTCOME[outcome].ko}${conditions === 0 ? '' : `, 조건 ${conditions}개`}`,
            en: `${authority.name}: ${OUTCOME[outcome].en}${conditions === 0 ? '' : `, ${conditions} condition(s)`}`,
          },
          detail: documentNumber,
          tone: outcome === 'HOLD' ? 'danger' : outcome === 'PROCEED' ? 'success' : 'warning',
        })),
      ];
    }),
    ...thread.budgets.map(({ at, fiscalYear, requestedKrw, reflectedKrw, remarks }): Step => ({
      kind: 'budget',
      at,
      text: {
        ko: `${fiscalYear}년 예산 반영: 요구 ${won(requestedKrw)}원, 반영 ${won(reflectedKrw)}원`,
        en: `Budget ${fiscalYear}: asked for ₩${won(requestedKrw)}, given ₩${won(reflectedKrw)}`,
      },
      detail: remarks,
    })),
    ...thread.orders.map(({ at, order, orderedOn, amountKrw, basis, source }): Step => {
      const amount = amountKrw === null ? '' : ` · ${won(amountKrw)}원`;
      const told = source === 'feed' ? { ko: '조달 통보', en: 'told by the feed' } : { ko: '발주 등록', en: 'recorded' };
      return {
        kind: 'order',
        at,
        text: {
          ko: `${told.ko}: ${order}, ${legalDate(orderedOn, 'ko')}${amount}`,
          en: `Order ${order} of ${orderedOn}, ${told.en}${amount}`,
        },
        ...(basis.documentNumber === undefined ? {} : { detail: basis.documentNumber }),
        ...(basis.kind === 'none' ? { tone: 'danger' as const } : {}),
      };
    }),
    ...thread.omissions.map(({ at, order, reason, consultation }): Step => ({
      kind: 'order',
      at,
      text: {
        ko: `사전협의 미이행: ${OMISSION[reason].ko} (${order})`,
        en: `Not consulted: ${OMISSION[reason].en} (${order})`,
      },
      tone: 'danger',
      ...(consultation === null ? {} : { to: `/cases/${consultation}` }),
    })),
    ...thread.progress.map(({ at, year, quarter, plannedPercent, donePercent, daysLate, remarks }): Step => ({
      kind: 'progress',
      at,
      text: {
        ko: `${year}년 ${quarter}분기 진척: 계획 ${plannedPercent}%, 실적 ${donePercent}%${daysLate > 0 ? ` (${daysLate}일 늦게 보고)` : ''}`,
        en: `Progress ${year} Q${quarter}: planned ${plannedPercent}%, done ${donePercent}%${daysLate > 0 ? ` (reported ${daysLate} day(s) late)` : ''}`,
      },
      detail: remarks,
      ...(daysLate > 0 || donePercent < plannedPercent ? { tone: 'warning' as const } : {}),
    })),
    ...thread.missed.map(({ at, year, quarter, dueOn }): Step => ({
      kind: 'progress',
      at,
      text: {
        ko: `${year}년 ${quarter}분기 진척 미보고 (기한 ${legalDate(dueOn, 'ko')})`,
        en: `No progress report for ${year} Q${quarter} by ${legalDate(dueOn, 'en')}`,
      },
      tone: 'danger',
    })),
    ...thread.performance.map(({ at, measuredOn, score, finding, remarks }): Step => ({
      kind: 'performance',
      at,
      text: {
        ko: `성과측정(${legalDate(measuredOn, 'ko')}): ${score}점, ${PERFORMANCE[finding].ko}`,
        en: `Performance (${measuredOn}): ${score} points, ${PERFORMANCE[finding].en.toLowerCase()}`,
      },
      detail: remarks,
      tone: finding === 'keep' ? 'success' : 'warning',
    })),
    ...thread.awards.map(({ at, award, authority, ground }): Step => ({
      kind: 'performance',
      at,
      text: { ko: `포상: ${award} (${authority.name})`, en: `Award: ${award} (${authority.name})` },
      detail: ground,
      tone: 'success',
    })),
    ...(thread.abandoned === null
      ? []
      : [
          {
            kind: 'plan' as const,
            at: thread.abandoned.at,
            text: { ko: '사업을 중단했습니다.', en: 'The project was abandoned.' },
            detail: thread.abandoned.reason,
            tone: 'danger' as const,
          },
        ]),
  ];
  return steps.toSorted((a, b) => order(a).localeCompare(order(b)));
}

/** Days are those of Seoul. What has a day only comes after what has an hour of it: it rests on what was there that day. */
function order({ at }: Step): string {
  return at.length === 10 ? `${at}~` : `${todayInSeoul(new Date(at))} ${at}`;
}
