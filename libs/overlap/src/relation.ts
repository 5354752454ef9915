import type {
  Facet,
  OverlapPlan,
  OverlapRecord,
  RelationGround,
  RelationReason,
  RelationSuggestion,
  SuggestedRelation,
} from './finding.js';

/** What the comparison found about the pair, as far as the relation hangs on it. */
export interface PairEvidence {
  readonly probability: number;
  readonly copied: number;
  readonly facets: Readonly<Partial<Record<Facet, number>>>;
  /** Agreement of each of the plan's functions (rows) with each of the record's, 0…1. */
  readonly functions: readonly (readonly number[])[];
  /** Nothing telling is shared. */
  readonly boilerplate: boolean;
}

/** Version of what follows: part of every finding. */
export const RELATIONS_ID = 'r1';

/** From here on two functions are the same one in other words. */
export const SAME_FUNCTION = 0.5;
const SAME_DATA = 0.5;
const ALIKE_TITLES = 0.6;
/** Below this nothing is proposed: the pair may be neighbours in a list and no more. */
const WORTH_A_PROPOSAL = 0.1;
/** Below this two plans are not called the same, whatever else agrees. */
const LIKELY = 0.5;
const COPIED = 0.8;

const SOURCES =
  '여러|각각|각\\s*(?:기관|부처|지자체|시군|도시|지역)|분산|흩어|산재|\\d+\\s*(?:여\\s*)?개\\s*(?:의\\s*)?[가-힣·\\s]{0,8}(?:기관|부처|시스템|앱|센터|도시|정보|서비스|DB)|(?:기관|부처|자치단체|지자체|시군|시·군|시도)(?:·[가-힣]+)?별|(?:시군|시·군|시·군·구|자치단체|지자체|시도)(?:의|에서|이)\\s|따로\\s*(?:운영|관리|수집)|기관\\s*간|전국의?\\s';
const GATHERED = '통합|연계|일원화|한데|모[아으은을]|하나의|허브|단일\\s*창구|취합|합쳐';

/** A statement in the running text that what exists in many places is brought together. */
const GATHERS = new RegExp(
  `(?:${SOURCES})[^.\\n]{0,60}?(?:${GATHERED})|(?:${GATHERED})[^.\\n]{0,20}?(?:허브|포털로|창구로)`,
  'u',
);
/** The same in a name, which says less: it only forbids to call the pair a duplicate. */
const NAMED_TOGETHER = /통합|연계|허브|공동|범정부|단일\s*창구|원스톱|종합/u;
const STANDARD_TAKEN =
  /표준\s*(?:모델|시스템|플랫폼|프로그램|[가-힣]{0,8}시스템|소프트웨어|SW)[^.\n]{0,20}(?:도입|적용|설치|보급|확산|구축|배포|활용)|보급(?:받|된|용)|(?:공통|표준)\s*(?:시스템|플랫폼|기반)[을를]?\s*(?:도입|적용|설치|활용)|스마트\s*시티\s*통합\s*플랫폼|우수\s*(?:정보\s*)?시스템[^.\n]{0,15}(?:도입|이전|보급)/u;
const STANDARD_NAMED = /표준|스마트\s*시티\s*통합\s*플랫폼|보급|전국\s*확산|확산\s*사업/u;
const RENEWS =
  /차세대|재구축|전면\s*개편|개편|고도화|재개발|기능\s*(?:개선|확대|보강|강화|고도화)|노후[^.\n]{0,20}(?:교체|대체|개선)|대체\s*(?:구축|하)|후속|전환|이관|(?<![\d.])[2-9]\.0|[2-9]\s*세대|업그레이드|확대\s*구축|확충|개선/u;
const PHASE =
  /ISP|ISMP|정보화\s*전략\s*계획|마스터\s*플랜|기본\s*(?:계획|설계)|타당성\s*(?:조사|검토)|시범\s*(?:사업|구축|서비스)|\d+\s*단계|\d+\s*차(?:년도)?\s*(?:사업|구축)?|감리|설계\s*용역/u;
const COMMON =
  /공동\s*(?:이용|활용)|범정부|전국(?:의|민)?|공통\s*(?:기반|플랫폼|서비스|시스템|컴포넌트)|대표\s*(?:포털|앱|[가-힣]{0,8}앱)|통합\s*(?:예약|포털|창구)|누구나|표준화|자치\s*단체(?:에|가)|지방\s*자치\s*단체(?:에|가)|지자체(?:에|가)|정부\s*통합|중앙[^.\n]{0,20}(?:지방|지자체|자치단체)/u;
const FAILED =
  /폐기|폐지|중단|철수|실패|이용\s*저조|사용률[^.\n]{0,12}(?:미만|저조|%)|이용률[^.\n]{0,12}(?:저조|미만)|활용(?:도가)?\s*(?:저조|하지\s*못)|업데이트\s*없|사용하지\s*않|접속자\s*0\s*명/u;
const PRIVATE =
  /민간\s*(?:의\s*)?(?:배달|택시|숙박|내비게이션|부동산|교통|관광|중고|결제|예약|서비스|플랫폼|앱|포털|어플|업체)[^.\n]{0,10}/u;
const LOCAL_NAME = /(?:특별시|광역시|특별자치시|특별자치도|[가-힣]도|[가-힣]시|[가-힣]군|[가-힣]구)(?:\s*보건소)?$/u;

/**
 * Proposes a relation from what both sides say and what the comparison found; null when there is too little to propose anything.
 * DUPLICATES is proposed last and only when nothing speaks for a standard deployment, a successor, a hub or a phase: to be taken for
 * a duplicate by mistake costs an agency months.
 */
export function suggestRelation(plan: OverlapPlan, record: OverlapRecord, found: PairEvidence): RelationSuggestion | null {
  if (found.boilerplate) return propose('UNRELATED', [{ ground: 'BOILERPLATE_ONLY' }]);
  const mine = running(plan);
  const theirs = running(record);
  const named = record.title.length > 3 && squeezed(mine).includes(squeezed(bare(record.title)));
  if (found.probability < WORTH_A_PROPOSAL && !named) return null;

  const sameAgency = plan.agency !== '' && squeezed(plan.agency) === squeezed(record.agency);
  const likely = found.probability >= LIKELY;
  const covered = found.functions.filter((row) => row.some((score) => score >= SAME_FUNCTION)).length;
  const sameData = (found.facets.data ?? 0) >= SAME_DATA;
  const alike = (found.facets.title ?? 0) >= ALIKE_TITLES;
  const common: RelationReason[] = [];
  if (sameAgency) common.push({ ground: 'SAME_AGENCY' });
  if (named) common.push({ ground: 'CANDIDATE_NAMED', quote: record.title });
  if (found.copied >= COPIED) common.push({ ground: 'COPIED' });
  if (alike) common.push({ ground: 'TITLE_ALIKE' });
  if (covered > 0) {
    common.push({ ground: covered === found.functions.length ? 'FUNCTIONS_ALL_FOUND' : 'FUNCTIONS_PARTLY_FOUND' });
  }
  if (sameData) common.push({ ground: 'DATA_SAME' });

  const quote = (ground: RelationGround, text: string, cue: RegExp): RelationReason | null => {
    const m = cue.exec(text);
    return m ? { ground, quote: m[0].trim().slice(0, 80) } : null;
  };

  // Not faults first.
  const standard = quote('PLAN_TAKES_OVER_STANDARD', `${plan.title}\n${mine}`, STANDARD_TAKEN);
  if (standard) return propose('DEPLOYMENT_OF_STANDARD', [standard, ...common]);
  const phase = quote('PLAN_IS_A_PHASE', plan.title, PHASE);
  if (phase && (sameAgency || named)) return propose('PHASE_OF', [phase, ...common]);
  const gathers = quote('PLAN_GATHERS_EXISTING', `${plan.title}\n${mine}`, GATHERS);
  const renews = quote('PLAN_RENEWS', plan.title, RENEWS) ?? quote('PLAN_RENEWS', plan.purpose, RENEWS);
  if (renews && (sameAgency || (named && !gathers))) return propose('SUCCESSOR_OF', [renews, ...common]);
  if (gathers) return propose('INTEGRATION_HUB', [gathers, ...common]);

  // One side is open to all: to be linked with or used, not built again.
  const failed = quote('CANDIDATE_FAILED', theirs, FAILED);
  if (failed && likely && (sameAgency || alike)) return propose('RELAUNCH_OF_FAILED', [failed, ...common]);
  const bothLocal = isLocal(plan) && isLocal(record) && !sameAgency;
  const shared = quote('CANDIDATE_IS_COMMON', `${record.title}\n${theirs}`, COMMON);
  if (shared && !sameAgency && (likely || covered > 0)) {
    return propose('SHOULD_REUSE_COMMON_SYSTEM', [shared, ...common]);
  }
  const hub = quote('CANDIDATE_GATHERS_EXISTING', `${record.title}\n${theirs}`, GATHERS);
  if (hub) return propose('SHOULD_LINK', [hub, ...common]);
  const competes = quote('PRIVATE_SERVICE', mine, PRIVATE) ?? quote('PRIVATE_SERVICE', `${record.title}\n${theirs}`, PRIVATE);
  if (competes && likely) return propose('PRIVATE_SERVICE_DUPLICATION', [competes, ...common]);
  if (bothLocal && likely && !STANDARD_NAMED.test(plan.title)) {
    return propose('SIBLING_LOCAL_COPY', [{ ground: 'BOTH_LOCAL' }, ...common]);
  }

  // The same thing, unless a name on either side says that it may be one of the above.
  const reservation = [plan.title, record.title].some((t) => NAMED_TOGETHER.test(t) || STANDARD_NAMED.test(t) || RENEWS.test(t));
  const same = found.copied >= COPIED || (covered > 0 ? covered === found.functions.length : alike);
  // Whoever does not say who plans it may be renewing their own.
  if (likely && same && plan.agency !== '' && !sameAgency && !reservation && !phase && !renews)
    return propose('DUPLICATES', common);
  if (covered > 0) return propose('PARTIAL_FUNCTION_OVERLAP', common);
  if (sameData) return propose('SAME_DATA_COLLECTED', common);
  if (likely && sameAgency) return propose('PHASE_OF', common);
  if (likely || named) return propose('SHOULD_LINK', common);
  return null;
}

function propose(relation: SuggestedRelation, because: readonly RelationReason[]): RelationSuggestion {
  return { relation, because };
}

/** The running text: what is said about the thing, without its name. */
function running({ purpose, functions, text }: OverlapPlan): string {
  return [purpose, ...functions, text].filter((s) => s !== '').join('\n');
}

/** A name without the kind of work done on it. */
function bare(title: string): string {
  return title.replace(/\([^)]*\)/gu, '').replace(/\s*(?:구축|개발|개선|고도화|사업|시스템|앱|운영)+\s*$/u, '');
}

function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·․・.,()]+/gu, '');
}

function isLocal({ level, agency }: OverlapPlan): boolean {
  return level === 'local' || level === 'metropolitan' || LOCAL_NAME.test(agency.trim());
}

const RELATION_WORDS: Readonly<Record<SuggestedRelation, readonly [ko: string, en: string]>> = {
  DUPLICATES: ['같은 일을 하는 시스템으로 보입니다', 'It looks like the same system'],
  PARTIAL_FUNCTION_OVERLAP: ['일부 기능이 겹치는 것으로 보입니다', 'Some functions look the same'],
  SAME_DATA_COLLECTED: ['같은 데이터를 모으는 것으로 보입니다', 'It looks as if the same data is collected'],
  SHOULD_LINK: ['새로 만들기보다 연계할 대상으로 보입니다', 'It looks like something to link with'],
  SHOULD_REUSE_COMMON_SYSTEM: ['함께 쓸 수 있는 공통 시스템으로 보입니다', 'It looks like a common system to reuse'],
  SIBLING_LOCAL_COPY: [
    '이웃 지방자치단체가 만든 같은 종류의 시스템으로 보입니다',
    'It looks like the copy of another local government',
  ],
  PRIVATE_SERVICE_DUPLICATION: ['민간 서비스와 겹칠 수 있습니다', 'It may duplicate a private service'],
  RELAUNCH_OF_FAILED: ['성과가 없던 시스템을 다시 만드는 것일 수 있습니다', 'It may relaunch something that failed'],
  DEPLOYMENT_OF_STANDARD: ['표준 시스템의 도입으로 보입니다(중복 아님)', 'It looks like the deployment of a standard (no fault)'],
  SUCCESSOR_OF: [
    '기존 시스템을 잇거나 개선하는 사업으로 보입니다(중복 아님)',
    'It looks like the successor of what exists (no fault)',
  ],
  INTEGRATION_HUB: [
    '흩어진 시스템을 잇는 통합·연계 사업으로 보입니다(중복 아님)',
    'It looks like a hub that brings systems together (no fault)',
  ],
  PHASE_OF: ['같은 사업의 앞뒤 단계로 보입니다(중복 아님)', 'It looks like a phase of the same project (no fault)'],
  UNRELATED: ['관련이 없어 보입니다', 'It looks unrelated'],
};

const GROUND_WORDS: Readonly<Record<RelationGround, readonly [ko: string, en: string]>> = {
  PLAN_GATHERS_EXISTING: [
    '계획이 여러 곳에 있는 것을 모은다고 말합니다',
    'the plan says that it brings together what exists in many places',
  ],
  CANDIDATE_GATHERS_EXISTING: [
    '후보가 여러 곳의 것을 모으는 시스템입니다',
    'the candidate brings together what exists in many places',
  ],
  PLAN_TAKES_OVER_STANDARD: [
    '계획이 표준·보급 시스템을 도입한다고 말합니다',
    'the plan says that it takes over a standard system',
  ],
  PLAN_RENEWS: ['계획이 기존 것을 새로 하거나 고친다고 말합니다', 'the plan says that it renews or improves what exists'],
  PLAN_IS_A_PHASE: ['계획의 이름이 사업의 한 단계를 가리킵니다', 'the name of the plan is that of a phase'],
  SAME_AGENCY: ['같은 기관의 것입니다', 'both belong to the same agency'],
  CANDIDATE_NAMED: ['계획이 후보의 이름을 말합니다', 'the plan names the candidate'],
  CANDIDATE_IS_COMMON: ['후보가 여러 기관에 열려 있다고 말합니다', 'the candidate says that it is open to many'],
  CANDIDATE_FAILED: ['후보에 대해 실패를 말하는 기록이 있습니다', 'the record of the candidate speaks of failure'],
  PRIVATE_SERVICE: ['민간 서비스를 말합니다', 'a private service is spoken of'],
  BOTH_LOCAL: ['서로 다른 지방자치단체의 것입니다', 'they belong to two local governments'],
  COPIED: ['글이 거의 그대로 옮겨져 있습니다', 'the wording is nearly the same'],
  TITLE_ALIKE: ['이름이 비슷합니다', 'the names are alike'],
  FUNCTIONS_ALL_FOUND: ['계획의 모든 기능이 후보에 있습니다', 'the candidate has every function of the plan'],
  FUNCTIONS_PARTLY_FOUND: ['계획의 기능 가운데 일부가 후보에 있습니다', 'the candidate has some functions of the plan'],
  DATA_SAME: ['같은 데이터를 다룹니다', 'both hold the same data'],
  BOILERPLATE_ONLY: ['함께 쓴 말이 어느 계획에나 있는 말뿐입니다', 'what both say, most plans say'],
};

/** A suggestion and its grounds in plain words, for screens, letters and terminals. */
export function relationInWords({ relation, because }: RelationSuggestion): { readonly ko: string; readonly en: string } {
  const [ko, en] = RELATION_WORDS[relation];
  const grounds = (language: 0 | 1): string =>
    because
      .map(
        ({ ground, quote }) =>
          `${GROUND_WORDS[ground][language]}${quote === undefined ? '' : language === 0 ? `(‘${quote}’)` : ` (“${quote}”)`}`,
      )
      .join(language === 0 ? ', ' : '; ');
  return because.length === 0 ? { ko: `${ko}.`, en: `${en}.` } : { ko: `${ko}: ${grounds(0)}.`, en: `${en}: ${grounds(1)}.` };
}
