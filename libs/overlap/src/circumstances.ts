/**
 * Who builds for whom and where, shown beside a pair: level, region and the ways people reach it. Read from what both sides say, never
 * part of the probability: that two cities both have an app makes neither a duplicate of the other.
 */
export interface Side {
  readonly agency: string;
  readonly level?: string;
  readonly title: string;
  readonly purpose: string;
  readonly functions: readonly string[];
  readonly technologies: readonly string[];
  readonly text: string;
}

/** `CANDIDATE_ABOVE`: of a wider government (central over metropolitan over local). `OTHER`: neither above nor below, as a public body. */
export type LevelRelation = 'SAME_AGENCY' | 'SAME_LEVEL' | 'CANDIDATE_ABOVE' | 'CANDIDATE_BELOW' | 'OTHER' | 'UNKNOWN';
/** `NATIONWIDE`: one side is of the whole country. */
export type RegionRelation = 'SAME_PLACE' | 'SAME_PROVINCE' | 'DIFFERENT' | 'NATIONWIDE' | 'UNKNOWN';
export type Channel = 'WEB' | 'APP' | 'MESSAGE' | 'PHONE' | 'CHATBOT' | 'KIOSK' | 'COUNTER';

interface Compared<Value, Relation> {
  readonly plan: Value | null;
  readonly candidate: Value | null;
  readonly relation: Relation;
}

export interface Circumstances {
  readonly level: Compared<string, LevelRelation>;
  readonly region: Compared<string, RegionRelation>;
  readonly channels: {
    readonly plan: readonly Channel[];
    readonly candidate: readonly Channel[];
    readonly both: readonly Channel[];
  };
}

export function circumstances(plan: Side, candidate: Side): Circumstances {
  const [mine, theirs] = [channelsOf(plan), channelsOf(candidate)];
  const [here, there] = [regionOf(plan.agency), regionOf(candidate.agency)];
  return {
    level: { plan: plan.level || null, candidate: candidate.level || null, relation: levels(plan, candidate) },
    region: { plan: inWords(here), candidate: inWords(there), relation: regions(plan, here, candidate, there) },
    channels: { plan: mine, candidate: theirs, both: mine.filter((channel) => theirs.includes(channel)) },
  };
}

const WIDTH: Readonly<Record<string, number>> = { local: 1, metropolitan: 2, central: 3 };

function levels(plan: Side, candidate: Side): LevelRelation {
  if (plan.agency !== '' && squeezed(plan.agency) === squeezed(candidate.agency)) return 'SAME_AGENCY';
  if (!plan.level || !candidate.level) return 'UNKNOWN';
  if (plan.level === candidate.level) return 'SAME_LEVEL';
  const [mine, theirs] = [WIDTH[plan.level], WIDTH[candidate.level]];
  if (mine === undefined || theirs === undefined) return 'OTHER';
  return theirs > mine ? 'CANDIDATE_ABOVE' : 'CANDIDATE_BELOW';
}

interface Region {
  readonly province: string | null;
  readonly place: string | null;
}

const PROVINCES: readonly (readonly [RegExp, string])[] = [
  ...'서울 부산 대구 인천 광주 대전 울산 세종'
    .split(' ')
    // 광주시 by itself is the city in 경기도.
    .map((name) => [new RegExp(`^${name}(?:특별자치시|특별시|광역시${name === '광주' ? '' : '|시'})$`, 'u'), name] as const),
  ...[
    ['경기', '경기'],
    ['강원', '강원'],
    ['충북', '충청북'],
    ['충남', '충청남'],
    ['전북', '전라북'],
    ['전남', '전라남'],
    ['경북', '경상북'],
    ['경남', '경상남'],
    ['제주', '제주'],
  ].map(([short = '', long = '']) => [new RegExp(`^(?:${short}|${long})(?:특별자치도|도)$`, 'u'), short] as const),
];

function regionOf(agency: string): Region {
  let province: string | null = null;
  const places: string[] = [];
  for (const word of agency.normalize('NFKC').split(/[^\p{L}\p{N}]+/u)) {
    const known = PROVINCES.find(([pattern]) => pattern.test(word));
    if (known) province ??= known[1];
    else if (/^[가-힣]{1,4}[시군구]$/u.test(word)) places.push(word);
  }
  return { province, place: places.length === 0 ? null : places.join(' ') };
}

function inWords({ province, place }: Region): string | null {
  return [province, place].filter((part) => part !== null).join(' ') || null;
}

/** Names that more than one province has: without the province nobody knows which is meant. */
const SHARED = /^(?:중구|동구|서구|남구|북구|강서구|고성군|광주시)$/u;

function regions(plan: Side, here: Region, candidate: Side, there: Region): RegionRelation {
  const nothing = ({ province, place }: Region): boolean => province === null && place === null;
  const nationwide = (side: Side, region: Region): boolean =>
    nothing(region) && (side.level === 'central' || side.level === 'joint');
  if (nationwide(plan, here) || nationwide(candidate, there)) return 'NATIONWIDE';
  if (nothing(here) || nothing(there)) return 'UNKNOWN';
  const provinces = here.province !== null && there.province !== null;
  if (provinces && here.province !== there.province) return 'DIFFERENT';
  if (here.place === there.place) return provinces || !SHARED.test(here.place ?? '') ? 'SAME_PLACE' : 'UNKNOWN';
  if (provinces) return 'SAME_PROVINCE';
  return here.place !== null && there.place !== null ? 'DIFFERENT' : 'UNKNOWN';
}

const CHANNELS: Readonly<Record<Channel, RegExp>> = {
  WEB: /웹|누리집|홈페이지|포털|인터넷|온라인|(?<!\p{L})web(?!inar)/iu,
  APP: /모바일|앱|어플|스마트폰|(?<!\p{L})app(?!\p{L})/iu,
  MESSAGE: /문자(?!\s*인식)|(?<!\p{L})SMS|알림톡|푸시|메시지|카카오톡/iu,
  PHONE: /(?<!휴대\s?)전화(?!\s*번호)|콜센터|(?<!\p{L})ARS(?!\p{L})/iu,
  CHATBOT: /챗봇|(?<!\p{L})chatbot/iu,
  KIOSK: /키오스크|무인\s*(?:민원|발급|안내|접수)|(?<!\p{L})kiosk/iu,
  COUNTER: /(?<!단일\s?)창구|방문\s*(?:접수|신청|민원)/u,
};

function channelsOf({ title, purpose, functions, technologies, text }: Side): readonly Channel[] {
  const said = [title, purpose, ...functions, ...technologies, text].join('\n').normalize('NFKC');
  return (Object.keys(CHANNELS) as Channel[]).filter((channel) => CHANNELS[channel].test(said)); // the keys of a Record<Channel, …>
}

function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '');
}
