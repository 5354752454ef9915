import { legalDateOf, officialDate } from './kernel/date.js';
import type { Message } from './kernel/errors.js';
import { josa } from './kernel/korean.js';
import { findingNames, omissionNames } from './project/wording.js';
import {
  causeNames,
  conclusionNames,
  opinionNames,
  outcomeNames,
  preliminaryNames,
  previousNames,
  relationNames,
  requestNames,
  trackNames,
} from './consultation/wording.js';
import type { SajeonEvent } from './history.js';

/** Names that earlier events gave, so that later ones can be told with names instead of ids. */
export interface KnownNames {
  readonly agencies: ReadonlyMap<string, string>;
  readonly candidates: ReadonlyMap<string, string>;
}

export const nothingKnown: KnownNames = { agencies: new Map(), candidates: new Map() };

/** What is known after the event: fold it over a stream before telling the next one. */
export function learnNames(known: KnownNames, event: SajeonEvent): KnownNames {
  switch (event.type) {
    case 'agency-registered':
      return { ...known, agencies: new Map([...known.agencies, [event.data.agency, event.data.name]]) };
    case 'preliminary-review-requested':
    case 'consultation-drafted': {
      const { applicant, authority } = event.data;
      return { ...known, agencies: new Map([...known.agencies, [applicant.id, applicant.name], [authority.id, authority.name]]) };
    }
    case 'joint-review-opened': {
      const { owner } = event.data;
      return { ...known, agencies: new Map([...known.agencies, [owner.id, owner.name]]) };
    }
    case 'overlap-candidate-added': {
      const { id, name } = event.data.candidate;
      return { ...known, candidates: new Map([...known.candidates, [id, name]]) };
    }
    case 'review-escalated': {
      const { from, to } = event.data;
      return { ...known, agencies: new Map([...known.agencies, [from.id, from.name], [to.id, to.name]]) };
    }
    case 'overlap-screened': {
      const named = event.data.finding.candidates.map(({ id, name }) => [id, name] as const);
      return { ...known, candidates: new Map([...known.candidates, ...named]) };
    }
    default:
      return known;
  }
}

/** Each event of a stream in one sentence, told with the names that the stream itself has given by then. */
export function tellAll(events: readonly SajeonEvent[], known: KnownNames = nothingKnown): readonly Message[] {
  const told: Message[] = [];
  for (const event of events) {
    known = learnNames(known, event);
    told.push(tell(event, known));
  }
  return told;
}

/** One plain sentence: when, who, what. For timelines, replay and audit. Never throws, also on an event it does not know. */
export function tell(event: SajeonEvent, known: KnownNames = nothingKnown): Message {
  const { by, at } = event.data;
  const what = said(event, known);
  const agency = known.agencies.get(by.agency) ?? by.agency;
  const successor = by.successor === undefined ? undefined : (known.agencies.get(by.successor) ?? by.successor);
  const who =
    by.person === 'system'
      ? { ko: '시스템', en: 'The service' }
      : successor === undefined
        ? { ko: `${agency}의 ${by.person}`, en: `${by.person} of ${agency}` }
        : {
            ko: `${agency}의 승계기관 ${successor}의 ${by.person}`,
            en: `${by.person} of ${successor}, the successor of ${agency},`,
          };
  return { ko: ended(`${when(at)} ${josa(who.ko, '이', '가')} ${what.ko}`), en: ended(`${when(at)}: ${who.en} ${what.en}`) };
}

/** `2026. 11. 30. 14:05`, in Seoul. */
function when(at: string): string {
  const seoul = new Date(Date.parse(at) + 9 * 3_600_000).toISOString();
  return `${officialDate(legalDateOf(at))} ${seoul.slice(11, 16)}`;
}

function ended(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** A person's own sentence inside ours: without its full stop. */
function inside(reason: string): string {
  return reason.trim().replace(/\.$/, '');
}

/** The part after who and when. */
function said(event: SajeonEvent, known: KnownNames): Message {
  switch (event.type) {
    case 'agency-registered': {
      const { name } = event.data;
      return { ko: `기관 ${josa(quoted(name), '을', '를')} 등록했습니다`, en: `registered the agency ${quoted(name)}` };
    }
    case 'agency-renamed': {
      const { name, formerName } = event.data;
      return {
        ko: `기관 이름을 ${quoted(formerName)}에서 ${josa(quoted(name), '으로', '로')} 바꿨습니다`,
        en: `renamed the agency ${quoted(formerName)} to ${quoted(name)}`,
      };
    }
    case 'agency-dissolved': {
      const { successor, reason } = event.data;
      const name = successor && (known.agencies.get(successor) ?? successor);
      return {
        ko: `기관을 폐지했습니다(승계기관: ${name ?? '없음'}, 사유: ${inside(reason)})`,
        en: `dissolved the agency (successor: ${name ?? 'none'}; reason: ${inside(reason)})`,
      };
    }
    case 'personal-data-deposited': {
      const count = event.data.fields.length;
      return { ko: `개인정보 ${count}건을 금고에 맡겼습니다`, en: `deposited ${count} item(s) of personal data in the vault` };
    }
    case 'erasure-requested':
      return {
        ko: `개인정보 파기를 요청했습니다(근거: ${inside(event.data.legalBasis)})`,
        en: `requested the erasure of personal data (basis: ${inside(event.data.legalBasis)})`,
      };
    case 'erasure-declined':
      return {
        ko: `개인정보 파기 요청을 반려했습니다(사유: ${inside(event.data.reason)})`,
        en: `declined the erasure of personal data (${inside(event.data.reason)})`,
      };
    case 'personal-data-erased': {
      const { fields, requestedBy, legalBasis } = event.data;
      return {
        ko: `${requestedBy}의 요청을 승인하여 개인정보 ${fields.length}건을 파기했습니다(근거: ${inside(legalBasis)})`,
        en: `approved the request of ${requestedBy} and erased ${fields.length} item(s) of personal data (basis: ${inside(legalBasis)})`,
      };
    }
    case 'retention-held':
      return {
        ko: `개인정보를 보존하도록 파기를 보류했습니다(사유: ${inside(event.data.reason)})`,
        en: `put a hold on the erasure of personal data (${inside(event.data.reason)})`,
      };
    case 'retention-released':
      return {
        ko: `개인정보 파기 보류를 풀었습니다(사유: ${inside(event.data.reason)})`,
        en: `released the hold on the erasure of personal data (${inside(event.data.reason)})`,
      };
    case 'finding-raised': {
      const { title, about, answerBy } = event.data;
      return {
        ko: `${about}에 관하여 ${josa(quoted(title), '을', '를')} 지적했습니다(답변 기한 ${officialDate(answerBy)})`,
        en: `raised the finding ${quoted(title)} about ${about} (to be answered by ${answerBy})`,
      };
    }
    case 'finding-answered':
      return {
        ko: `지적사항에 답변했습니다: ${inside(event.data.answer)}`,
        en: `answered the finding: ${inside(event.data.answer)}`,
      };
    case 'finding-answer-rejected': {
      const { reason, answerBy } = event.data;
      return {
        ko: `답변을 받아들이지 않았습니다(사유: ${inside(reason)}; 다시 답변할 기한 ${officialDate(answerBy)})`,
        en: `did not accept the answer (${inside(reason)}; to be answered again by ${answerBy})`,
      };
    }
    case 'finding-resolved':
      return {
        ko: `지적사항이 해소된 것으로 처리했습니다(${inside(event.data.remarks)})`,
        en: `found the finding resolved (${inside(event.data.remarks)})`,
      };
    case 'finding-withdrawn':
      return {
        ko: `지적사항을 철회했습니다(사유: ${inside(event.data.reason)})`,
        en: `withdrew the finding (${inside(event.data.reason)})`,
      };
    case 'records-read': {
      const { reads } = event.data;
      return { ko: `열람 ${reads.length}건을 기록했습니다`, en: `recorded ${reads.length} read(s)` };
    }
    case 'agency-merged': {
      const { into, effectiveOn, reason } = event.data;
      const name = known.agencies.get(into) ?? into;
      return {
        ko: `${officialDate(effectiveOn)}부터 ${josa(name, '으로', '로')} 통합되도록 했습니다(사유: ${inside(reason)})`,
        en: `merged the agency into ${name} as of ${officialDate(effectiveOn)} (reason: ${inside(reason)})`,
      };
    }
    case 'agency-split': {
      const { successors, effectiveOn, reason } = event.data;
      const names = successors.map((each) => known.agencies.get(each) ?? each).join(', ');
      return {
        ko: `${officialDate(effectiveOn)}부터 ${josa(names, '으로', '로')} 나뉘도록 했습니다(사유: ${inside(reason)})`,
        en: `split the agency into ${names} as of ${officialDate(effectiveOn)} (reason: ${inside(reason)})`,
      };
    }
    case 'agency-moved': {
      const { parent, effectiveOn, reason } = event.data;
      const name = parent && (known.agencies.get(parent) ?? parent);
      return {
        ko: `${officialDate(effectiveOn)}부터 상급기관을 ${josa(name ?? '없음', '으로', '로')} 바꿨습니다(사유: ${inside(reason)})`,
        en: `moved the agency under ${name ?? 'nobody'} as of ${officialDate(effectiveOn)} (reason: ${inside(reason)})`,
      };
    }
    case 'system-registered': {
      const { title, agency } = event.data.entry;
      return {
        ko: `${agency && `${agency}의 `}정보시스템 ${josa(quoted(title), '을', '를')} 등록했습니다`,
        en: `registered the system ${quoted(title)}${agency && ` of ${agency}`}`,
      };
    }
    case 'system-entry-corrected': {
      const { title } = event.data.entry;
      return {
        ko: `정보시스템 ${quoted(title)}의 등록 내용을 정정했습니다`,
        en: `corrected the entry of the system ${quoted(title)}`,
      };
    }
    case 'system-retired':
      return {
        ko: `정보시스템을 폐기했습니다(사유: ${inside(event.data.reason)})`,
        en: `retired the system (reason: ${inside(event.data.reason)})`,
      };

    case 'concept-added': {
      const { concept, words, source } = event.data;
      return {
        ko: `동의어 묶음 ${concept}에 ${josa(words.map(quoted).join(', '), '을', '를')} 등록했습니다(근거: ${inside(source)})`,
        en: `entered ${words.map(quoted).join(', ')} as words of one meaning under ${concept} (source: ${inside(source)})`,
      };
    }
    case 'concept-withdrawn': {
      const { concept, reason } = event.data;
      return {
        ko: `동의어 묶음 ${concept} 등록을 거두었습니다(사유: ${inside(reason)})`,
        en: `withdrew the words of one meaning under ${concept} (reason: ${inside(reason)})`,
      };
    }

    case 'project-planned': {
      const { title } = event.data.plan.content;
      return { ko: `정보화사업 ${josa(quoted(title), '을', '를')} 계획했습니다`, en: `planned the project ${quoted(title)}` };
    }
    case 'plan-revised': {
      const { version, content } = event.data.plan;
      return {
        ko: `사업계획서를 고쳐 ${version}판 ${josa(quoted(content.title), '을', '를')} 등록했습니다`,
        en: `revised the plan to version ${version}, ${quoted(content.title)}`,
      };
    }
    case 'project-abandoned':
      return {
        ko: `사업을 중단했습니다(사유: ${inside(event.data.reason)})`,
        en: `abandoned the project (reason: ${inside(event.data.reason)})`,
      };

    case 'rule-set-adopted':
    case 'rule-set-amended': {
      const { version, effectiveFrom, source, sample, correctionBecause } = event.data;
      const [ko, en] = event.type === 'rule-set-adopted' ? ['채택', 'adopted'] : ['개정', 'amended'];
      return {
        ko:
          `규칙을 ${ko}했습니다(${version}판${sample ? ', 표본' : ''}, ${officialDate(effectiveFrom)}부터, 근거: ${inside(source)}` +
          `${correctionBecause === null ? '' : `, 정정 사유: ${inside(correctionBecause)}`})`,
        en:
          `${en} the rules (version ${version}${sample ? ', a sample' : ''}, from ${officialDate(effectiveFrom)}; source: ${inside(source)}` +
          `${correctionBecause === null ? '' : `; correction: ${inside(correctionBecause)}`})`,
      };
    }
    case 'rule-set-withdrawn': {
      const { version, reason } = event.data;
      return {
        ko: `시행 전인 규칙 ${version}판을 거두었습니다(사유: ${inside(reason)})`,
        en: `withdrew version ${version} of the rules before it took effect (reason: ${inside(reason)})`,
      };
    }
    case 'temporary-holiday-gazetted': {
      const { date, name, source, announcedOn } = event.data.holiday;
      return {
        ko: `${officialDate(date)} ${josa(quoted(name), '을', '를')} 공휴일로 등록했습니다(${officialDate(announcedOn)} 고시, ${inside(source)})`,
        en: `entered ${officialDate(date)}, ${quoted(name)}, as a holiday (announced ${officialDate(announcedOn)}; ${inside(source)})`,
      };
    }
    case 'gazetted-holiday-corrected': {
      const { date, holiday, reason } = event.data;
      const now = holiday && `${officialDate(holiday.date)} ${quoted(holiday.name)}`;
      return {
        ko: `${officialDate(date)} 공휴일을 정정했습니다(${now ?? '공휴일이 아님'}, 사유: ${inside(reason)})`,
        en: `corrected the holiday of ${officialDate(date)} (${now ?? 'no holiday'}; reason: ${inside(reason)})`,
      };
    }
    case 'eligibility-assessed': {
      const { on, target, reasons, ruleSet } = event.data;
      const [ko, en] = targetNames[target];
      const rules = reasons.map(({ rule }) => rule).join(', ');
      return {
        ko: `${officialDate(on)} 기준으로 사전협의 ${ko} 판정했습니다(적용 규칙: ${rules || '없음'}, ${ruleSet})`,
        en: `assessed as of ${officialDate(on)} that the project is ${en} (by the rules ${rules || 'none'}; ${ruleSet})`,
      };
    }
    case 'procurement-recorded': {
      const { order, orderedOn, source, basis } = event.data;
      const [ko, en] =
        basis.kind === 'decision'
          ? [`${basis.documentNumber}에 따른 발주`, `as decided by letter ${basis.documentNumber}`]
          : basis.kind === 'exempt'
            ? [
                `${officialDate(basis.assessedOn)} 사전협의 제외대상 판정`,
                `assessed as exempt on ${officialDate(basis.assessedOn)}`,
              ]
            : ['근거가 되는 협의 결과 없음', 'no decision covers it'];
      return {
        ko: `${officialDate(orderedOn)}자 발주 ${josa(quoted(order), '을', '를')} ${source === 'feed' ? '조달 자료에서 ' : ''}등록했습니다(${ko})`,
        en: `recorded the order ${quoted(order)} of ${officialDate(orderedOn)}${source === 'feed' ? ' from the procurement feed' : ''} (${en})`,
      };
    }
    case 'consultation-omission-detected': {
      const { omission, order, orderer, reason } = event.data;
      const because = omissionNames[reason] ?? { ko: reason, en: reason };
      return {
        ko: `${orderer.name}의 발주 ${quoted(order)}에서 ${omission}번 사전협의 미이행을 찾았습니다(${because.ko})`,
        en: `found omission ${omission} in the order ${quoted(order)} of ${orderer.name} (${because.en})`,
      };
    }
    case 'budget-reflected': {
      const { fiscalYear, requestedKrw, reflectedKrw } = event.data;
      return {
        ko: `${fiscalYear}회계연도 예산에 요구 ${won(requestedKrw)} 가운데 ${won(reflectedKrw)}이 반영되었음을 기록했습니다`,
        en: `recorded that ${won(reflectedKrw)} of the ${won(requestedKrw)} asked for went into the budget of ${fiscalYear}`,
      };
    }
    case 'progress-recorded': {
      const { year, quarter, plannedPercent, donePercent, daysLate } = event.data;
      return {
        ko: `${year}년 ${quarter}분기 진척률 ${donePercent}%(계획 ${plannedPercent}%)를 보고했습니다(${daysLate === 0 ? '기한 안' : `기한을 ${daysLate}일 넘김`})`,
        en: `reported progress of ${donePercent}% (planned ${plannedPercent}%) for quarter ${quarter} of ${year} (${daysLate === 0 ? 'in time' : `${daysLate} day(s) late`})`,
      };
    }
    case 'progress-report-missed': {
      const { year, quarter, dueOn } = event.data;
      return {
        ko: `${year}년 ${quarter}분기 진척이 기한(${officialDate(dueOn)})까지 보고되지 않았음을 기록했습니다`,
        en: `recorded that progress for quarter ${quarter} of ${year} was not reported by ${officialDate(dueOn)}`,
      };
    }
    case 'performance-measured': {
      const { measuredOn, score, finding } = event.data;
      const follows = findingNames[finding] ?? { ko: finding, en: finding };
      return {
        ko: `${officialDate(measuredOn)} 성과측정 ${score}점(${follows.ko})을 기록했습니다`,
        en: `recorded a performance of ${score} points on ${officialDate(measuredOn)} (${follows.en})`,
      };
    }
    case 'award-granted': {
      const { award, ground } = event.data;
      return {
        ko: `${josa(quoted(award), '을', '를')} 수여했습니다(공적: ${inside(ground)})`,
        en: `gave the award ${quoted(award)} (for: ${inside(ground)})`,
      };
    }
    case 'consultation-drafted': {
      const { plan, applicant, authority, previousConsultation: previous } = event.data;
      const again = previous && { why: previousNames[previous.because], of: previous.consultation };
      return {
        ko: `${applicant.name}의 ${quoted(plan.content.title)} 사전협의를 작성했습니다(협의기관: ${authority.name}, 계획서 ${plan.version}판${again ? `, ${again.of}의 ${again.why.ko}` : ''})`,
        en: `drafted the consultation of ${applicant.name} about ${quoted(plan.content.title)} (authority: ${authority.name}; plan version ${plan.version}${again ? `; ${again.why.en}, following ${again.of}` : ''})`,
      };
    }
    case 'draft-revised':
      return {
        ko: `초안을 계획서 ${event.data.plan.version}판으로 고쳤습니다`,
        en: `revised the draft to plan version ${event.data.plan.version}`,
      };
    case 'submission-requested':
      return {
        ko: `계획서 ${event.data.planVersion}판으로 신청하도록 결재를 올렸습니다`,
        en: `asked the agency’s approver to submit plan version ${event.data.planVersion}`,
      };
    case 'draft-sent-back':
      return {
        ko: `결재에 올라온 초안을 돌려보냈습니다(사유: ${inside(event.data.reason)})`,
        en: `sent the draft back unsubmitted (reason: ${inside(event.data.reason)})`,
      };
    case 'consultation-submitted': {
      const { version } = event.data.plan;
      return {
        ko: `계획서 ${version}판으로 사전협의를 신청했습니다`,
        en: `submitted the consultation with plan version ${version}`,
      };
    }
    case 'consultation-received': {
      const { track, dueOn, ruleSet } = event.data;
      return {
        ko: `사전협의를 접수했습니다(${trackNames[track]?.ko ?? track}, 처리기한 ${officialDate(dueOn)}, 규칙 ${ruleSet})`,
        en: `received the consultation (${trackNames[track]?.en ?? track}; due ${officialDate(dueOn)}; rules ${ruleSet})`,
      };
    }
    case 'consultation-returned':
      return {
        ko: `신청을 반려했습니다(사유: ${inside(event.data.reason)})`,
        en: `returned the submission (reason: ${inside(event.data.reason)})`,
      };
    case 'overlap-screened': {
      const { planVersion, compared, candidates } = event.data.finding;
      const flagged = candidates.filter((candidate) => candidate.flagged);
      const [best] = candidates;
      // A probability is never a certainty, whatever it rounds to; a source may name no owner.
      const top = best && {
        name: best.agency === '' ? best.name : `${best.name}(${best.agency})`,
        percent: Math.min(99, Math.round(best.probability * 100)),
      };
      return {
        ko:
          `계획서 ${planVersion}판을 ${compared}건과 견주어 유사·중복 후보 ${candidates.length}건을 찾았습니다(판정이 필요한 후보 ${flagged.length}건` +
          `${top ? `, 가장 비슷한 것 ${quoted(top.name)} ${top.percent}%` : ''})`,
        en:
          `compared plan version ${planVersion} with ${compared} records and found ${candidates.length} overlap candidates (${flagged.length} to be settled` +
          `${top ? `; the closest is ${quoted(top.name)}, ${top.percent}%` : ''})`,
      };
    }
    case 'overlap-confirmed': {
      const { candidate, relation, reason } = event.data;
      const name = quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `${josa(name, '과', '와')}의 중복을 확정했습니다(${relationNames[relation]?.ko ?? relation}, 사유: ${inside(reason)})`,
        en: `confirmed the overlap with ${name} (${relationNames[relation]?.en ?? relation}; reason: ${inside(reason)})`,
      };
    }
    case 'overlap-dismissed': {
      const { candidate, relation, reason } = event.data;
      const name = quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `${josa(name, '은', '는')} 중복이 아니라고 판정했습니다(${relationNames[relation]?.ko ?? relation}, 사유: ${inside(reason)})`,
        en: `dismissed the overlap with ${name} (${relationNames[relation]?.en ?? relation}; reason: ${inside(reason)})`,
      };
    }
    case 'correction-requested': {
      const { round, items, respondBy, planVersion } = event.data;
      const kinds = [...new Set(items.flatMap(({ kind }) => (kind === undefined ? [] : [kind])))];
      const named = (language: keyof Message) => kinds.map((kind) => requestNames[kind]?.[language] ?? kind).join('·');
      const read =
        planVersion === undefined
          ? { ko: '', en: '' }
          : { ko: `계획서 ${planVersion}판에 대해 `, en: ` on plan version ${planVersion}` };
      return {
        ko: `${read.ko}${round}차 ${named('ko') || '보완'}요청으로 ${items.length}개 항목을 ${officialDate(respondBy)}까지 요청했습니다`,
        en: `requested ${named('en') || 'correction'}, round ${round}${read.en}: ${items.length} item(s) by ${officialDate(respondBy)}`,
      };
    }
    case 'response-accepted': {
      const { round, remarks } = event.data;
      return {
        ko: `${round}차 답변을 수용했습니다(의견: ${inside(remarks) || '없음'})`,
        en: `accepted the answer to round ${round} (remarks: ${inside(remarks) || 'none'})`,
      };
    }
    case 'response-rejected': {
      const { round, reason } = event.data;
      return {
        ko: `${round}차 답변을 수용하지 않았습니다(사유: ${inside(reason)})`,
        en: `did not accept the answer to round ${round} (reason: ${inside(reason)})`,
      };
    }
    case 'response-extension-requested': {
      const { round, respondBy, reason } = event.data;
      return {
        ko: `${round}차 요청의 제출기한을 ${officialDate(respondBy)}로 연장해 달라고 신청했습니다(사유: ${inside(reason)})`,
        en: `asked for time until ${officialDate(respondBy)} to answer round ${round} (reason: ${inside(reason)})`,
      };
    }
    case 'response-extended': {
      const { round, respondBy, formerRespondBy, reason } = event.data;
      return {
        ko: `${round}차 요청의 제출기한을 ${officialDate(formerRespondBy)}에서 ${officialDate(respondBy)}로 연장했습니다(사유: ${inside(reason)})`,
        en: `extended the time to answer round ${round} from ${officialDate(formerRespondBy)} to ${officialDate(respondBy)} (reason: ${inside(reason)})`,
      };
    }
    case 'response-extension-declined': {
      const { round, reason } = event.data;
      return {
        ko: `${round}차 요청의 제출기한을 연장하지 않기로 했습니다(사유: ${inside(reason)})`,
        en: `declined to extend the time to answer round ${round} (reason: ${inside(reason)})`,
      };
    }
    case 'applicant-reminded': {
      const { round, respondBy, daysBefore } = event.data;
      const left = daysBefore === null ? { ko: '', en: '' } : { ko: `, ${daysBefore}일 전`, en: `, ${daysBefore} day(s) before` };
      return {
        ko: `${round}차 요청에 답변하도록 알렸습니다(제출기한 ${officialDate(respondBy)}${left.ko})`,
        en: `reminded the applicant to answer round ${round} (due ${officialDate(respondBy)}${left.en})`,
      };
    }
    case 'response-overdue': {
      const { round, respondBy } = event.data;
      return {
        ko: `${round}차 요청의 답변이 기한 ${officialDate(respondBy)}까지 오지 않았음을 기록했습니다`,
        en: `recorded that round ${round} was not answered by ${officialDate(respondBy)}`,
      };
    }
    case 'proceeded-on-file': {
      const { round, reason } = event.data;
      return {
        ko: `${round}차 요청의 답변 없이 제출된 자료로 검토를 이어 가기로 했습니다(사유: ${inside(reason)})`,
        en: `went on with what is on file, without an answer to round ${round} (reason: ${inside(reason)})`,
      };
    }
    case 'meeting-held': {
      const { meeting, heldOn, minutes } = event.data;
      return {
        ko: `${officialDate(heldOn)}에 연 ${meeting}번째 대면회의를 기록했습니다(내용: ${inside(minutes)})`,
        en: `recorded meeting ${meeting} with the applicant, held on ${officialDate(heldOn)} (${inside(minutes)})`,
      };
    }
    case 'fast-track-designated':
      return {
        ko: `신속처리 대상으로 지정했습니다(근거: ${inside(event.data.ground)})`,
        en: `put the case on the fast track (ground: ${inside(event.data.ground)})`,
      };
    case 'fast-track-revoked': {
      const { candidate, reason } = event.data;
      const name = candidate && quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `신속처리 지정을 취소했습니다(${name === null ? '' : `${josa(name, '과', '와')}의 중복 확정, `}사유: ${inside(reason)})`,
        en: `took the case off the fast track (${name === null ? '' : `the overlap with ${name} is confirmed; `}reason: ${inside(reason)})`,
      };
    }
    case 'delay-notified': {
      const { dueOn, expectedNotificationOn, reason } = event.data;
      return {
        ko: `처리기한 ${officialDate(dueOn)}까지 통보하지 못함을 알렸습니다(결과통보예정일 ${officialDate(expectedNotificationOn)}, 사유: ${inside(reason)})`,
        en: `notified that the result will not be ready by ${officialDate(dueOn)} (expected on ${officialDate(expectedNotificationOn)}; reason: ${inside(reason)})`,
      };
    }
    case 'deadline-warning-raised': {
      const { share, given, on } = event.data;
      const percent = Math.round(share * 100);
      return {
        ko: `처리기간 ${given}일의 ${percent}%를 ${officialDate(on)}에 쓰게 됨을 알렸습니다`,
        en: `warned that ${percent}% of the ${given} days are used on ${officialDate(on)}`,
      };
    }
    case 'reviewer-assigned': {
      const { person } = event.data.reviewer;
      return { ko: `주심으로 ${josa(person, '을', '를')} 배정했습니다`, en: `assigned ${person} as lead reviewer` };
    }
    case 'reviewer-reassigned': {
      const { reviewer, former, reason } = event.data;
      return {
        ko: `주심을 ${former.person}에서 ${josa(reviewer.person, '으로', '로')} 바꿨습니다(사유: ${inside(reason)})`,
        en: `reassigned the case from ${former.person} to ${reviewer.person} (reason: ${inside(reason)})`,
      };
    }
    case 'overlap-candidate-added': {
      const { candidate, reason } = event.data;
      const name = quoted(candidate.agency === '' ? candidate.name : `${candidate.name}(${candidate.agency})`);
      return {
        ko: `유사·중복 후보로 ${josa(name, '을', '를')} 직접 더했습니다(사유: ${inside(reason)})`,
        en: `added ${name} as an overlap candidate by hand (reason: ${inside(reason)})`,
      };
    }
    case 'response-submitted': {
      const { round, answers, plan } = event.data;
      return {
        ko: `${round}차 보완요청에 ${answers.length}개 항목을 보완제출했습니다(계획서 ${plan.version}판)`,
        en: `answered the ${answers.length} item(s) of round ${round} (plan version ${plan.version})`,
      };
    }
    case 'decision-proposed': {
      const { proposal, outcome, conditions, reasons } = event.data;
      return {
        ko: `${proposal}번 결정안으로 ${josa(quoted(outcomeNames[outcome]?.ko ?? outcome), '을', '를')} 올렸습니다(${conditionsKo(conditions)}, 사유: ${inside(reasons) || '없음'})`,
        en: `proposed ${quoted(outcomeNames[outcome]?.en ?? outcome)} as proposal ${proposal} (${conditionsEn(conditions)}; reasons: ${inside(reasons) || 'none'})`,
      };
    }
    case 'decision-sent-back': {
      const { proposal, reason } = event.data;
      return {
        ko: `${proposal}번 결정안을 돌려보냈습니다(사유: ${inside(reason)})`,
        en: `sent proposal ${proposal} back (reason: ${inside(reason)})`,
      };
    }
    case 'approval-invalidated': {
      const { proposal, because } = event.data;
      const cause = causeNames[because] ?? { ko: because, en: because };
      return {
        ko: `${proposal}번 결정안의 결재를 무효로 했습니다(사유: ${cause.ko}). 결정안을 다시 올려 결재를 받아야 합니다`,
        en: `voided the approval of proposal ${proposal} (${cause.en}): it has to be proposed and approved anew`,
      };
    }
    case 'decision-amended': {
      const { objection, formerDocumentNumber, documentNumber, formerOutcome, outcome } = event.data;
      const [was, is] = [formerOutcome, outcome].map((name) => outcomeNames[name] ?? { ko: name, en: name });
      return {
        ko: `${objection}번 이의에 따라 ${formerDocumentNumber}의 결정(${was?.ko ?? ''})을 ${documentNumber}의 결정(${is?.ko ?? ''})으로 고쳤습니다`,
        en: `amended the decision of ${formerDocumentNumber} (${was?.en ?? ''}) by that of ${documentNumber} (${is?.en ?? ''}), as objection ${objection} asked`,
      };
    }
    case 'objection-raised': {
      const { objection, letter, grounds } = event.data;
      return {
        ko: `${letter} 통보에 ${objection}번 이의를 냈습니다(이유: ${inside(grounds)})`,
        en: `raised objection ${objection} to the letter ${letter} (grounds: ${inside(grounds)})`,
      };
    }
    case 'objection-upheld': {
      const { objection, reason } = event.data;
      return {
        ko: `${objection}번 이의를 받아들여 다시 검토하기로 했습니다(사유: ${inside(reason)})`,
        en: `upheld objection ${objection}, so that the decision is made anew (reason: ${inside(reason)})`,
      };
    }
    case 'objection-dismissed': {
      const { objection, reason } = event.data;
      return {
        ko: `${objection}번 이의를 기각했습니다(사유: ${inside(reason)})`,
        en: `dismissed objection ${objection} (reason: ${inside(reason)})`,
      };
    }
    case 'held-plan-abandoned':
      return {
        ko: `보류된 사업을 포기했습니다(사유: ${inside(event.data.reason)})`,
        en: `abandoned the plan that was on hold (reason: ${inside(event.data.reason)})`,
      };
    case 'material-change-reported': {
      const { change, decidedVersion, plan, reason } = event.data;
      return {
        ko: `결정된 계획서 ${decidedVersion}판을 ${plan.version}판으로 바꾸겠다고 ${change}번 변경을 신고했습니다(사유: ${inside(reason)})`,
        en: `reported change ${change} from the decided plan, version ${decidedVersion}, to version ${plan.version} (reason: ${inside(reason)})`,
      };
    }
    case 're-consultation-required': {
      const { change, because } = event.data;
      const kinds = [...new Set(because.map(({ kind }) => kind))].map((kind) => changeNames[kind]);
      return {
        ko: `${change}번 변경에 재협의가 필요하다는 판정을 받았습니다(${kinds.map(([ko]) => ko).join(', ')})`,
        en: `was told that change ${change} needs another consultation (${kinds.map(([, en]) => en).join(', ')})`,
      };
    }
    case 'change-accepted-without-review':
      return {
        ko: `${event.data.change}번 변경은 재협의 없이 할 수 있다는 판정을 받았습니다`,
        en: `was told that change ${event.data.change} needs no further consultation`,
      };
    case 'correction-demanded': {
      const { demand, condition, text, answerBy } = event.data;
      return {
        ko: `조건 ${condition}에 관한 ${demand}번 시정요구를 했습니다(${inside(text)}, ${officialDate(answerBy)}까지 시정계획 제출)`,
        en: `demanded a correction about condition ${condition} (number ${demand}: ${inside(text)}), with a remedy to be named by ${officialDate(answerBy)}`,
      };
    }
    case 'correction-demand-answered': {
      const { demand, remedy, completeBy } = event.data;
      return {
        ko: `${demand}번 시정요구에 시정계획을 냈습니다(${inside(remedy)}, 완료 예정 ${officialDate(completeBy)})`,
        en: `answered correction demand ${demand} (${inside(remedy)}, to be done by ${officialDate(completeBy)})`,
      };
    }
    case 'document-number-reserved': {
      const { documentNumber, consultation } = event.data;
      return {
        ko: `문서번호 ${josa(documentNumber, '을', '를')} 사전협의 ${consultation}의 통보에 배정했습니다`,
        en: `took the document number ${documentNumber} for the letter of consultation ${consultation}`,
      };
    }
    case 'earlier-document-number-registered': {
      const { documentNumber, sentOn } = event.data;
      const day = sentOn === null ? null : officialDate(sentOn);
      return {
        ko: `이 대장이 생기기 전의 통보${day === null ? '' : `(${day})`}가 쓴 문서번호 ${josa(documentNumber, '을', '를')} 등록했습니다`,
        en: `registered the document number ${documentNumber} of a letter from before this register${day === null ? '' : ` (${day})`}`,
      };
    }
    case 'document-number-released': {
      const { documentNumber, reason } = event.data;
      return {
        ko: `문서번호 ${documentNumber}의 배정을 풀었습니다(사유: ${inside(reason)})`,
        en: `released the document number ${documentNumber} (reason: ${inside(reason)})`,
      };
    }
    case 'preliminary-review-requested': {
      const { request, fiscalYear, outline, authority } = event.data;
      return {
        ko: `${authority.name}에 ${quoted(outline.content.title)}의 ${fiscalYear}년도 예비검토를 요청했습니다(${request}번)`,
        en: `asked ${authority.name} for the preliminary review of ${quoted(outline.content.title)} for ${fiscalYear} (request ${request})`,
      };
    }
    case 'preliminary-review-screened': {
      const { request, finding } = event.data;
      return {
        ko: `${request}번 예비검토의 유사·중복 후보 ${finding.candidates.length}건을 찾았습니다`,
        en: `found ${finding.candidates.length} candidate(s) for preliminary review ${request}`,
      };
    }
    case 'preliminary-opinion-given': {
      const { request, verdict, text } = event.data;
      const named = preliminaryNames[verdict] ?? { ko: verdict, en: verdict };
      return {
        ko: `${request}번 예비검토에 ${quoted(named.ko)} 의견을 냈습니다(${inside(text)})`,
        en: `gave the opinion ${quoted(named.en)} in preliminary review ${request} (${inside(text)})`,
      };
    }
    case 'preliminary-review-withdrawn': {
      const { request, reason } = event.data;
      return {
        ko: `${request}번 예비검토 요청을 거두었습니다(사유: ${inside(reason)})`,
        en: `withdrew preliminary review ${request} (reason: ${inside(reason)})`,
      };
    }
    case 'decision-approved':
      return { ko: `${event.data.proposal}번 결정안을 결재했습니다`, en: `approved proposal ${event.data.proposal}` };
    case 'result-notified': {
      const { documentNumber, outcome, conditions } = event.data;
      return {
        ko: `검토결과 ${josa(quoted(outcomeNames[outcome]?.ko ?? outcome), '을', '를')} ${josa(documentNumber, '으로', '로')} 통보했습니다(${conditionsKo(conditions)})`,
        en: `notified the result ${quoted(outcomeNames[outcome]?.en ?? outcome)} by letter ${documentNumber} (${conditionsEn(conditions)})`,
      };
    }
    case 'review-escalated': {
      const { candidate, reason, to } = event.data;
      if (candidate === null) {
        return {
          ko: `신청기관과 한 기관이 되어 ${josa(to.name, '으로', '로')} 이관했습니다(사유: ${inside(reason)})`,
          en: `handed the review to ${to.name}, being one agency with the applicant by now (reason: ${inside(reason)})`,
        };
      }
      const name = quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `${josa(name, '과', '와')} 중복되어 ${josa(to.name, '으로', '로')} 이관했습니다(사유: ${inside(reason)})`,
        en: `handed the review to ${to.name} because of the overlap with ${name} (reason: ${inside(reason)})`,
      };
    }
    case 'consultation-withdrawn':
      return {
        ko: `신청을 취하했습니다(사유: ${inside(event.data.reason)})`,
        en: `withdrew the submission (reason: ${inside(event.data.reason)})`,
      };

    case 'joint-review-opened': {
      const { review, candidate, owner, dueOn } = event.data;
      const name = quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `${name}에 관한 ${review}번 공동검토를 열고 ${owner.name}에 ${officialDate(dueOn)}까지 의견을 요청했습니다`,
        en: `opened joint review ${review} about ${name} and asked ${owner.name} for its opinion by ${officialDate(dueOn)}`,
      };
    }
    case 'owner-opinion-submitted': {
      const { review, opinion, terms } = event.data;
      return {
        ko: `${review}번 공동검토에 ${quoted(opinionNames[opinion]?.ko ?? opinion)} 의견을 냈습니다(내용: ${inside(terms)})`,
        en: `gave the opinion ${quoted(opinionNames[opinion]?.en ?? opinion)} in joint review ${review} (${inside(terms)})`,
      };
    }
    case 'task-adjustment-proposed': {
      const { review, adjustment } = event.data;
      return {
        ko: `${review}번 공동검토에서 과업 조정안을 냈습니다(내용: ${inside(adjustment)})`,
        en: `proposed an adjustment of tasks in joint review ${review} (${inside(adjustment)})`,
      };
    }
    case 'task-adjustment-agreed': {
      const { review, adjustment } = event.data;
      return {
        ko: `${review}번 공동검토의 과업 조정안에 동의했습니다(내용: ${inside(adjustment)})`,
        en: `agreed to the adjustment of tasks in joint review ${review} (${inside(adjustment)})`,
      };
    }
    case 'joint-review-closed': {
      const { review, conclusion, remarks } = event.data;
      return {
        ko: `${review}번 공동검토를 마쳤습니다(${conclusionNames[conclusion]?.ko ?? conclusion}, 의견: ${inside(remarks) || '없음'})`,
        en: `closed joint review ${review} (${conclusionNames[conclusion]?.en ?? conclusion}; remarks: ${inside(remarks) || 'none'})`,
      };
    }
    case 'difference-stated': {
      const { candidate, statement } = event.data;
      const name = quoted(known.candidates.get(candidate) ?? candidate);
      return {
        ko: `${josa(name, '과', '와')}의 차별성을 소명했습니다(내용: ${inside(statement)})`,
        en: `stated how the plan differs from ${name} (${inside(statement)})`,
      };
    }

    case 'action-plan-submitted': {
      const { condition, actionPlan, completeBy } = event.data;
      return {
        ko: `조건 ${condition}의 조치계획을 제출했습니다(완료 예정 ${officialDate(completeBy)}, 내용: ${inside(actionPlan)})`,
        en: `submitted a plan for condition ${condition} (to be done by ${officialDate(completeBy)}: ${inside(actionPlan)})`,
      };
    }
    case 'action-result-submitted': {
      const { condition, submission, result, evidence } = event.data;
      const attached = evidence.filter(({ attachment }) => attachment !== null).length;
      return {
        ko: `조건 ${condition}의 ${submission}차 조치결과를 증빙 ${evidence.length}건(첨부 ${attached}건)과 함께 제출했습니다(내용: ${inside(result)})`,
        en: `submitted result ${submission} of condition ${condition} with ${evidence.length} piece(s) of evidence, ${attached} attached (${inside(result)})`,
      };
    }
    case 'action-result-rejected': {
      const { condition, submission, reason } = event.data;
      return {
        ko: `조건 ${condition}의 ${submission}차 조치결과를 돌려보냈습니다(사유: ${inside(reason)})`,
        en: `rejected result ${submission} of condition ${condition} (reason: ${inside(reason)})`,
      };
    }
    case 'condition-fulfilled': {
      const { condition, submission, remarks } = event.data;
      return {
        ko: `조건 ${condition}이 ${submission}차 조치결과로 이행되었음을 확인했습니다(의견: ${inside(remarks) || '없음'})`,
        en: `found condition ${condition} fulfilled by result ${submission} (remarks: ${inside(remarks) || 'none'})`,
      };
    }
    case 'condition-extended': {
      const { condition, dueOn, formerDueOn, reason } = event.data;
      return {
        ko: `조건 ${condition}의 기한을 ${officialDate(formerDueOn)}에서 ${officialDate(dueOn)}로 연장했습니다(사유: ${inside(reason)})`,
        en: `extended condition ${condition} from ${officialDate(formerDueOn)} to ${officialDate(dueOn)} (reason: ${inside(reason)})`,
      };
    }
    case 'waiver-proposed': {
      const { condition, reason } = event.data;
      return {
        ko: `조건 ${condition}의 면제안을 올렸습니다(사유: ${inside(reason)})`,
        en: `proposed to waive condition ${condition} (reason: ${inside(reason)})`,
      };
    }
    case 'waiver-declined': {
      const { condition, reason } = event.data;
      return {
        ko: `조건 ${condition}의 면제안을 돌려보냈습니다(사유: ${inside(reason)})`,
        en: `declined to waive condition ${condition} (reason: ${inside(reason)})`,
      };
    }
    case 'condition-waived': {
      const { condition, reason, proposedBy } = event.data;
      return {
        ko: `조건 ${condition}을 면제했습니다(면제안: ${proposedBy}, 사유: ${inside(reason)})`,
        en: `waived condition ${condition} as ${proposedBy} had proposed (reason: ${inside(reason)})`,
      };
    }
    case 'condition-overdue': {
      const { condition, dueOn } = event.data;
      return {
        ko: `조건 ${condition}이 기한 ${officialDate(dueOn)}까지 이행되지 않았음을 기록했습니다`,
        en: `recorded that condition ${condition} was not met by ${officialDate(dueOn)}`,
      };
    }
    case 'improvement-recommended': {
      const { recommendation, condition, text, answerBy } = event.data;
      return {
        ko: `조건 ${condition}에 대해 ${recommendation}번 개선권고를 하고 ${officialDate(answerBy)}까지 답변을 요청했습니다(내용: ${inside(text)})`,
        en: `issued recommendation ${recommendation} on condition ${condition}, to be answered by ${officialDate(answerBy)} (${inside(text)})`,
      };
    }
    case 'recommendation-answered': {
      const { recommendation, answer } = event.data;
      return {
        ko: `${recommendation}번 개선권고에 답변했습니다(내용: ${inside(answer)})`,
        en: `answered recommendation ${recommendation} (${inside(answer)})`,
      };
    }
    case 'consultation-closed': {
      const { fulfilled, waived } = event.data;
      return {
        ko: `사전협의를 종결했습니다(이행 ${fulfilled.length}건, 면제 ${waived.length}건)`,
        en: `closed the consultation (${fulfilled.length} condition(s) fulfilled, ${waived.length} waived)`,
      };
    }
    case 'user-registered':
      return { ko: `이용자 ${josa(event.data.user, '을', '를')} 등록했습니다`, en: `registered the user ${event.data.user}` };
    case 'roles-granted': {
      const { agency, roles, from, until } = event.data;
      const name = known.agencies.get(agency) ?? agency;
      return {
        ko: `${name}의 권한(${roles.map((role) => roleNames[role][0]).join(', ')})을 ${officialDate(from)}부터 ${until === null ? '해지할 때' : officialDate(until)}까지 주었습니다`,
        en: `granted the roles ${roles.map((role) => roleNames[role][1]).join(', ')} for ${name} from ${officialDate(from)} until ${until === null ? 'revoked' : officialDate(until)}`,
      };
    }
    case 'grant-revoked': {
      const { grant, reason } = event.data;
      return {
        ko: `권한 부여 ${josa(grant, '을', '를')} 거두었습니다(사유: ${inside(reason)})`,
        en: `revoked the grant ${grant} (reason: ${inside(reason)})`,
      };
    }
    case 'user-suspended':
      return {
        ko: `이용자를 정지했습니다(사유: ${inside(event.data.reason)})`,
        en: `suspended the user (reason: ${inside(event.data.reason)})`,
      };
    case 'user-reinstated':
      return {
        ko: `이용자의 정지를 풀었습니다(사유: ${inside(event.data.reason)})`,
        en: `reinstated the user (reason: ${inside(event.data.reason)})`,
      };
    case 'authority-delegated': {
      const { delegator, agency, roles, kind, from, until } = event.data;
      const name = known.agencies.get(agency) ?? agency;
      return {
        ko: `${name} ${delegator}의 권한(${roles.map((role) => roleNames[role][0]).join(', ')})을 ${officialDate(from)}부터 ${officialDate(until)}까지 ${kind === 'acting' ? '대결' : '전결'}로 위임했습니다`,
        en: `delegated the authority of ${delegator} for ${name} (${roles.map((role) => roleNames[role][1]).join(', ')}) from ${officialDate(from)} until ${officialDate(until)}, ${kind === 'acting' ? 'in absence (대결)' : 'standing (전결)'}`,
      };
    }
    case 'delegation-withdrawn': {
      const { delegation, reason } = event.data;
      return {
        ko: `위임 ${josa(delegation, '을', '를')} 거두었습니다(사유: ${inside(reason)})`,
        en: `withdrew the delegation ${delegation} (reason: ${inside(reason)})`,
      };
    }
    default: {
      const { type }: { type: string } = event satisfies never;
      return { ko: `이 판이 모르는 일(${type})을 했습니다`, en: `did something that this version does not know (${type})` };
    }
  }
}

const changeNames = {
  'budget-changes-by': ['예산 증감', 'the budget'],
  'new-function': ['새 기능', 'a new function'],
  'new-app': ['새 앱', 'a new app'],
} as const;

const roleNames = {
  applicant: ['신청자', 'applicant'],
  'applicant-approver': ['신청기관 결재자', 'approver of the applicant'],
  reviewer: ['검토자', 'reviewer'],
  approver: ['결재자', 'approver'],
  owner: ['시스템 담당자', 'system owner'],
  auditor: ['감사자', 'auditor'],
  administrator: ['관리자', 'administrator'],
} as const;

const targetNames = {
  target: ['대상으로', 'a target'],
  exempt: ['대상이 아닌 것으로', 'exempt'],
  unknown: ['여부를 알 수 없는 것으로', 'neither surely a target nor surely exempt'],
} as const;

/** Whole won with thousands separators: `1,000,000,000원`. */
function won(krw: number): string {
  return `${String(krw).replace(/\B(?=(\d{3})+$)/g, ',')}원`;
}

function quoted(text: string): string {
  return `‘${text}’`;
}

function conditionsKo(conditions: readonly object[]): string {
  return conditions.length === 0 ? '조건 없음' : `조건 ${conditions.length}건`;
}

function conditionsEn(conditions: readonly object[]): string {
  return conditions.length === 0 ? 'no conditions' : `${conditions.length} condition(s)`;
}
