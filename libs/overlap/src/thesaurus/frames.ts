/**
 * What registers, press texts and audit reports say about any project whatever it does: where it was filed, what it cost, how often
 * it was downloaded, what an evaluation made of it. Two projects that share only this share nothing. Patterns of running text, not
 * words, because the same words are the subject elsewhere (보조금 사업비 정산).
 */
const NUMBER = String.raw`\d[\d,.]*`;
const AMOUNT = String.raw`(?:약\s*)?${NUMBER}\s*(?:조|억|천만|백만|만|천)?(?:\s*${NUMBER}\s*(?:억|천만|백만|만|천)?)*\s*(?:여\s*)?원`;
const MADE = '개발|제작|구축|운영|추진|도입|출시|관리';
const KIND = '(?:모바일\\s*)?(?:공공\\s*)?(?:앱|애플리케이션|어플리케이션|어플|정보시스템|시스템|웹사이트|홈페이지|누리집|사업)';

const PATTERNS: readonly string[] = [
  // Particles left open by whoever filled in a form.
  String.raw`(?:이\(가\)|을\(를\)|은\(는\)|와\(과\)|\(으\)로)`,
  // Where it was filed.
  String.raw`(?:국가\s*|중앙\s*|지역\s*)?(?:정보화|지능정보화|전자정부)\s*(?:시행\s*계획|기본\s*계획|추진\s*계획)(?:에|으로|상)?(?:\s*(?:올린|담긴|담은|포함된|포함한|반영된|반영한|제출한|등록한|있는))?(?:\s*(?:사업|과제))?`,
  String.raw`(?:사전\s*)?(?:심의|협의|검토)\s*대상(?:으로\s*한|인)?\s*(?:\d+\s*개\s*사업(?:의\s*하나인)?)?`,
  // What it cost.
  String.raw`\((?:[^()]*?)(?:개발비|제작비|구축비|사업비|예산|비용|국비|도비|시비)[^()]*\)`,
  String.raw`(?:개발비|제작비|구축비|총?\s*사업비|예산|국비|도비|시군비)\s*(?:은|는|이|가|을|를|:)?\s*${AMOUNT}`,
  String.raw`${AMOUNT}(?:을|를|으로|이|의)?(?:\s*(?:들여|들인|투입해|투입한|투입된|투자해|투자한|투입|투자|규모|정도))?`,
  // How much it was used.
  String.raw`(?:누적|일\s*평균|하루\s*평균|월\s*평균|총|실제)?\s*(?:다운로드|내려받기|설치|접속자|이용자|사용자|가입자|방문자|접속|사용|매출)\s*(?:수|건수)?(?:가|는|은)?\s*${NUMBER}\s*(?:회|건|명|%)?(?:\s*(?:수준|미만|이상|이하))?`,
  String.raw`(?:일\s*평균|하루\s*평균|월\s*평균)\s*(?:다운로드|내려받기)?\s*${NUMBER}\s*(?:회|건|명)`,
  String.raw`(?:이후|마지막)?\s*업데이트\s*(?:없음|안\s*됨|중단)`,
  String.raw`(?:사용률|이용률)(?:이|은)?\s*(?:${NUMBER}\s*%\s*)?(?:미만|저조|이하)?`,
  // What an evaluation made of it.
  String.raw`(?:[가-힣]{2,6}\s*)?성과\s*(?:평가|측정)(?:에서|\s*결과)?\s*(?:미달|저조)?(?:로|으로|이)?(?:\s*폐기)?(?:\s*(?:예정|대상|판정|권고))?`,
  String.raw`우수\s*(?:정보\s*)?(?:시스템|사례|사업)(?:으로|로)?\s*선정(?:해|하여|되어|된|한)?`,
  String.raw`(?:도입을\s*희망하는\s*)?(?:전국\s*)?(?:지방\s*)?자치\s*단체에\s*보급`,
  String.raw`표준화하(?:고|여)`,
  // That somebody made it.
  String.raw`(?:(?:새로|직접|자체|별도로|관내에서|관내|위탁해|외부용역으로)\s*)*(?:${MADE})(?:\s*[·,]\s*(?:${MADE}))*(?:한|하는|하던|하려던|했던|된|되는|중인)\s*${KIND}`,
];

const FRAME = new RegExp(PATTERNS.join('|'), 'gu');

/** The stretches of a text that are frame, in order: `[start, end)` in UTF-16 units. */
export function framesIn(text: string): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  for (const m of text.matchAll(FRAME)) found.push([m.index, m.index + m[0].length]);
  return found;
}
