import { useState } from 'react';
import type { DatedRule, Message, ProblemDocument, RuleBook, RuleVersions, Simulation } from '../contract.js';
import { legalDate, todayInSeoul } from '../format.js';
import { ask, Problem } from '../http.js';
import { useSpeech, type Language } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { DataTable } from '../pieces/data-table.js';
import { Button, Form, TextArea, TextField } from '../pieces/form.js';
import { Badge, Empty, Instant, LegalDate, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { REQUEST, TIER, TRACK } from '../terms.js';

const TABLE: Readonly<Record<string, { ko: string; en: string }>> = {
  subjects: { ko: '대상 기관', en: 'Subjects' },
  thresholds: { ko: '대상 금액', en: 'Thresholds' },
  overrides: { ko: '금액과 무관한 대상', en: 'Overrides' },
  exclusions: { ko: '제외', en: 'Exclusions' },
  reviewDays: { ko: '처리기간', en: 'Review days' },
  routing: { ko: '협의기관', en: 'Routing' },
  attachments: { ko: '붙임', en: 'Attachments' },
  ministry: { ko: '총괄기관', en: 'Ministry' },
  dayCounting: { ko: '기간 계산', en: 'Counting of days' },
  warnings: { ko: '기한 경고', en: 'Warnings' },
  checklist: { ko: '검토항목', en: 'Checklist' },
  requests: { ko: '보완 기한', en: 'Requests' },
  conditions: { ko: '조건 문안', en: 'Condition library' },
  materialChanges: { ko: '중대한 변경', en: 'Material changes' },
  objections: { ko: '이의', en: 'Objections' },
  progressReports: { ko: '진척 보고', en: 'Progress reports' },
  performanceBands: { ko: '성과 등급', en: 'Performance bands' },
};
const CERTAINTY: Readonly<Record<string, { ko: string; en: string; tone: string }>> = {
  certain: { ko: '확인됨', en: 'Certain', tone: 'success' },
  'partly-supported': { ko: '일부 확인', en: 'Partly supported', tone: 'warning' },
  inferred: { ko: '추정', en: 'Inferred', tone: 'warning' },
  'general-knowledge': { ko: '일반 법리', en: 'General knowledge', tone: 'gray' },
};

interface Shown extends DatedRule {
  readonly table: string;
}

/** 규칙: what holds on a day, with dates, source and certainty; never a constant of the program. */
export default function RulesPage() {
  const { t, say, language } = useSpeech();
  const { is } = useSession();
  const [on, setOn] = useState(todayInSeoul());
  const [whole, setWhole] = useState(false);
  const book = useRead<RuleBook>(withQuery('/v1/rule-sets/national', { on }), { keep: true });
  const versions = useRead<RuleVersions>('/v1/rule-sets/national/versions');
  const rules: readonly Shown[] = Object.entries(book.data?.content ?? {}).flatMap(([table, rows]) =>
    Array.isArray(rows) ? (rows as readonly DatedRule[]).map((rule) => ({ ...rule, table })) : [],
  );
  const shown = whole ? rules : rules.filter(({ from, to }) => from <= on && (to === null || on <= to));
  return (
    <>
      <Title
        lead={t(
          '대상 금액, 처리기간, 검토항목처럼 날짜에 따라 달라지는 것은 모두 여기에 적힌 규칙입니다. 사건은 접수한 날의 규칙으로 끝까지 갑니다.',
          'Thresholds, deadlines, the checklist: all that changes with the date is a rule. A case keeps the rules of the day it was received.',
        )}
      >
        {t('규칙', 'Rules')}
      </Title>
      <div className="toolbar">
        <TextField label={t('기준일', 'Rules of the day')} pointer="/on" type="date" value={on} onChange={setOn} />
        <Button aria-pressed={whole} onClick={() => setWhole(!whole)}>
          {t('지난 규칙과 앞날의 규칙도', 'Past and future ones too')}
        </Button>
        {book.data !== undefined && (
          <p className="quiet">
            {t('접수하면 고정되는 규칙', 'A case received that day freezes')} <code>{book.data.ruleSet}</code>
          </p>
        )}
      </div>
      {book.error !== null && <ReadProblem error={book.error} />}
      {book.data === undefined && book.error === null && <Waiting />}
      <div className="stack">
        {book.data !== undefined && (
          <DataTable<Shown>
            name="rules"
            title={t('규칙', 'Rules')}
            rows={shown}
            keyOf={({ table, id }) => `${table} ${id}`}
            empty={
              <Empty title={t('그날의 규칙이 없습니다.', 'No rule holds that day.')}>
                <p>{t('다른 날을 고르십시오.', 'Choose another day.')}</p>
              </Empty>
            }
            columns={[
              {
                head: t('규칙', 'Rule'),
                text: ({ id }) => id,
                show: (rule) => (
                  <>
                    {say(TABLE[rule.table] ?? { ko: rule.table, en: rule.table })} <code className="quiet">{rule.id}</code>
                  </>
                ),
              },
              {
                head: t('내용', 'Value'),
                text: ({ value }) => told(value, language),
                show: ({ value }) => short(told(value, language)),
              },
              {
                head: t('시행', 'Holds'),
                text: ({ from, to }) => `${from} – ${to ?? ''}`,
                show: ({ from, to }) =>
                  to === null
                    ? t(`${legalDate(from, language)}부터`, `from ${legalDate(from, language)}`)
                    : `${legalDate(from, language)} – ${legalDate(to, language)}`,
              },
              {
                head: t('근거', 'Source'),
                text: ({ source }) => source,
              },
              {
                head: t('확실성', 'Certainty'),
                text: ({ certainty }) => CERTAINTY[certainty]?.[language] ?? certainty,
                show: ({ certainty }) => (
                  <Badge tone={CERTAINTY[certainty]?.tone ?? 'gray'}>{CERTAINTY[certainty]?.[language] ?? certainty}</Badge>
                ),
              },
            ]}
          />
        )}
        <section className="panel stack" aria-labelledby="versions">
          <h2 id="versions">{t('판', 'Versions')}</h2>
          <ul className="items">
            {(versions.data?.versions ?? []).map((one) => (
              <li key={one.version}>
                <strong>{t(`${one.version}판`, `Version ${one.version}`)}</strong> <LegalDate date={one.effectiveFrom} />
                {t('부터', ' on')} · {one.source} {one.sample && <Badge tone="warning">{t('표본', 'Sample')}</Badge>}
                {one.withdrawnAt !== null && (
                  <Badge tone="gray">
                    {t(`거둠: ${one.withdrawnBecause ?? ''}`, `Withdrawn: ${one.withdrawnBecause ?? ''}`)}
                  </Badge>
                )}{' '}
                <span className="quiet">
                  {t('기록', 'Recorded')} <Instant at={one.at} />
                  {one.correctionBecause !== null && ` · ${one.correctionBecause}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
        {is('administrator') && book.data !== undefined && <Simulator content={book.data.content} on={on} />}
      </div>
    </>
  );
}

/** Names of what rules say; one that is not here is shown as the table has it. */
const PART: Readonly<Record<string, Message>> = {
  tiers: { ko: '기관 유형', en: 'tiers' },
  track: { ko: '처리 유형', en: 'track' },
  kind: { ko: '종류', en: 'kind' },
  kinds: { ko: '종류', en: 'kinds' },
  name: { ko: '이름', en: 'name' },
  number: { ko: '번호', en: 'number' },
  required: { ko: '필수', en: 'required' },
  agency: { ko: '기관', en: 'agency' },
  standIn: { ko: '자체 사업의 협의기관', en: 'for its own projects' },
  request: { ko: '요청', en: 'request' },
  respondWithinDays: { ko: '답변 일수', en: 'days to answer' },
  remindDaysBefore: { ko: '며칠 전 알림', en: 'reminder days before' },
  withinDays: { ko: '며칠 안', en: 'within days' },
  code: { ko: '부호', en: 'code' },
  text: { ko: '문안', en: 'text' },
  evidence: { ko: '증빙', en: 'evidence' },
  from: { ko: '이상', en: 'from' },
  finding: { ko: '판단', en: 'finding' },
  of: { ko: '대상', en: 'of' },
  reviewer: { ko: '협의기관', en: 'reviewed by' },
  onlyWithNewFunctions: { ko: '기능을 더할 때만', en: 'only with new functions' },
  countsFirstDay: { ko: '첫날 넣음', en: 'counts the first day' },
  closedLastDay: { ko: '마지막 날이 쉬는 날이면', en: 'closed last day' },
};

/** Codes that a rule's value is written in; one that is not here is shown as the table has it. */
const CODE: Readonly<Record<string, Message>> = {
  'new-project': { ko: '신규 사업', en: 'new project' },
  'project-kind': { ko: '사업 종류', en: 'kind of project' },
  bpr: { ko: '업무재설계(BPR)', en: 'BPR' },
  ismp: { ko: '정보시스템 마스터플랜(ISMP)', en: 'ISMP' },
  'results-from-isp': { ko: 'ISP 결과에 따른 사업', en: 'results from an ISP' },
  homepage: { ko: '누리집', en: 'homepage' },
  'mobile-app': { ko: '모바일 앱', en: 'mobile app' },
  'software-development-from': { ko: '소프트웨어 개발비', en: 'software development from' },
  'cloud-migration': { ko: '클라우드 전환', en: 'move to the cloud' },
  maintenance: { ko: '유지관리', en: 'maintenance' },
  'hardware-replacement': { ko: '장비 교체', en: 'replacement of hardware' },
  'commercial-software': { ko: '상용 소프트웨어 구매', en: 'commercial software' },
  'web-accessibility': { ko: '웹 접근성', en: 'web accessibility' },
  'digital-divide': { ko: '정보격차 해소', en: 'digital divide' },
  'own-income-only': { ko: '자체 수입만으로 하는 사업', en: 'own income only' },
  ministry: { ko: '행정안전부', en: 'the ministry' },
  province: { ko: '시·도', en: 'the province' },
  mois: { ko: '행정안전부', en: 'Ministry of the Interior and Safety' },
  msit: { ko: '과학기술정보통신부', en: 'Ministry of Science and ICT' },
  'moves-to-working-day': { ko: '다음 근무일로', en: 'moves to a working day' },
  link: { ko: '연계', en: 'link' },
  refer: { ko: '참조', en: 'refer' },
  'use-data': { ko: '데이터 활용', en: 'use data' },
  'budget-changes-by': { ko: '예산 변경', en: 'budget changes by' },
  'new-function': { ko: '기능 추가', en: 'new function' },
  'new-app': { ko: '앱 추가', en: 'new app' },
  system: { ko: '정보시스템', en: 'system' },
  'public-app': { ko: '공공앱', en: 'public app' },
  keep: { ko: '유지', en: 'keep' },
  consolidate: { ko: '통합', en: 'consolidate' },
  retire: { ko: '폐기', en: 'retire' },
  improve: { ko: '개선', en: 'improve' },
};

/** A rule's value in a line: `기관 유형 시·군·구 · 100,000,000원`. */
function told(value: unknown, language: Language): string {
  if (Array.isArray(value)) return value.map((part) => told(part, language)).join(', ');
  if (typeof value === 'object' && value !== null) {
    if ('ko' in value && 'en' in value) return String(value[language]);
    return Object.entries(value)
      .map(([name, part]) => measured(name, part, language) ?? `${PART[name]?.[language] ?? name} ${told(part, language)}`)
      .join(' · ');
  }
  if (typeof value === 'number') return value.toLocaleString('ko-KR');
  if (typeof value === 'boolean') return value ? (language === 'ko' ? '예' : 'yes') : language === 'ko' ? '아니요' : 'no';
  const words: Readonly<Record<string, Message>> = { ...TIER, ...TRACK, ...REQUEST, ...CODE };
  return words[String(value)]?.[language] ?? String(value);
}
/** A number with its unit, where its name is that of the unit. */
function measured(name: string, value: unknown, language: Language): string | undefined {
  if (typeof value !== 'number') return undefined;
  const number = value.toLocaleString('ko-KR');
  if (name === 'krw') return language === 'ko' ? `${number}원` : `KRW ${number}`;
  if (name === 'days') return language === 'ko' ? `${number}일` : `${number} days`;
  if (name === 'share') return `${Math.round(value * 100)}%`;
  return undefined;
}
const SHORT = 60;
const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);

/** 모의 적용: a draft tried on every assessed project and received case before anybody adopts it. */
function Simulator({ content, on }: { content: RuleBook['content']; on: string }) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState('');
  const [day, setDay] = useState(on);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const [result, setResult] = useState<Simulation | null>(null);
  const simulate = async (): Promise<void> => {
    setProblem(null);
    setResult(null);
    let read: unknown;
    try {
      read = JSON.parse(draft);
    } catch (error) {
      setProblem({
        code: 'not-json',
        status: 400,
        title: '',
        messages: { ko: '초안이 JSON이 아닙니다.', en: 'The draft is not JSON.' },
        errors: [
          {
            pointer: '/content',
            code: 'not-json',
            messages: { ko: `초안을 읽을 수 없습니다: ${String(error)}`, en: `The draft cannot be read: ${String(error)}` },
          },
        ],
      });
      return;
    }
    setBusy(true);
    try {
      const { body } = await ask<Simulation>('/v1/rule-sets/simulations', { method: 'POST', body: { content: read, on: day } });
      setResult(body);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel stack" aria-labelledby="simulator">
      <h2 id="simulator">{t('모의 적용', 'Simulator')}</h2>
      <p className="quiet">
        {t(
          '고친 규칙을 붙이거나 올리면, 판정한 모든 사업과 접수한 모든 사건에 적용해 보고 달라질 것을 보입니다. 아무것도 기록하지 않습니다.',
          'Paste or load changed rules: they are tried on every assessed project and received case. Nothing is recorded.',
        )}
      </p>
      <Form problem={problem} label={t('모의 적용', 'Simulator')} onSubmit={() => void simulate()}>
        <div className="row">
          <Button onClick={() => setDraft(JSON.stringify(content, null, 2))}>
            {t('지금 규칙으로 채우기', 'Begin with the rules of today')}
          </Button>
          <label>
            {t('JSON 파일 올리기', 'Load a JSON file')}{' '}
            <input
              type="file"
              accept="application/json,.json"
              onChange={({ target: { files } }) => void files?.[0]?.text().then(setDraft)}
            />
          </label>
        </div>
        <TextArea
          label={t('규칙 초안 (JSON)', 'Draft of the rules (JSON)')}
          pointer="/content"
          required
          rows={8}
          value={draft}
          onChange={setDraft}
        />
        <TextField label={t('적용할 날', 'As of the day')} pointer="/on" type="date" value={day} onChange={setDay} />
        <div>
          <Button submit weight="primary" busy={busy}>
            {t('적용해 보기', 'Try it')}
          </Button>
        </div>
      </Form>
      {result !== null && (
        <div className="stack" role="status">
          <p>
            {t(
              `사업 ${result.judged}건과 사건 ${result.casesJudged}건에 적용했습니다. 사업 ${result.changes.length}건, 사건 ${result.caseChanges.length}건이 달라집니다. 판정한 적이 없어 알 수 없는 사업은 ${result.unassessed}건입니다.`,
              `Tried on ${result.judged} projects and ${result.casesJudged} cases: ${result.changes.length} projects and ${result.caseChanges.length} cases would differ; ${result.unassessed} projects were never assessed.`,
            )}
          </p>
          <ul className="items">
            {result.changes.map((one) => (
              <li key={one.project}>
                <strong>{one.title}</strong> <span className="quiet">{one.changed.join(', ')}</span> {one.was.target}/
                {one.was.track ?? '–'} → {one.wouldBe.target}/{one.wouldBe.track ?? '–'}
              </li>
            ))}
            {result.caseChanges.map((one) => (
              <li key={one.consultation}>
                <strong>{one.title}</strong> <span className="quiet">{one.changed.join(', ')}</span>{' '}
                <LegalDate date={one.was.dueOn} /> → <LegalDate date={one.wouldBe.dueOn} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
