// Real projects whose overlap somebody found at the time: does the engine show the named system among its first ten, and how often
// does it flag what only a template sentence has in common? `overlaps`, `family` and `outcome` are labels: they score, the engine
// never sees them.

const SHOWN = 10;

/** A name without what is said beside it: agency in brackets, kind of thing, kind of project. */
const core = (name) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/(?:앱|시스템|사업|구축|개발|확충|고도화|재구축|기능개선|운영)+$/u, '');
const acronyms = (name) =>
  (name.normalize('NFKC').match(/(?<![A-Za-z])[A-Z][A-Z0-9]{2,}(?![a-z])/g) ?? []).filter((a) => a !== 'DB');

/** Whether a title is the thing that an auditor named: one core inside the other, or the same acronym. */
export function namesTitle(name, title) {
  const a = core(name);
  const b = core(title);
  if (Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a))) return true;
  const mine = new Set(acronyms(title));
  return acronyms(name).some((x) => mine.has(x));
}

/** Words that say nothing about the subject of a title, written for this measure alone. */
const GENERIC =
  /정보화|정보|시스템|서비스|구축|개발|사업|통합|종합|연계|관리|체계|운영|고도화|확대|확충|스마트|국가|전국|공공|모바일|포털|앱|기반|기능|개선|플랫폼|실시간|업무|행정|전자|\d+년|센터|제공/gu;
const letterPairs = (title, agency) => {
  const found = new Set();
  const text = title
    .replace(/\([^)]*\)/g, ' ')
    .replaceAll(agency, ' ')
    .replace(GENERIC, ' ');
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) for (let i = 0; i + 2 <= word.length; i++) found.add(word.slice(i, i + 2));
  return found;
};

/** Two projects that nobody would call the same: other families, or no family and titles about different things. */
function absurd(a, b) {
  if (a.family && b.family && a.family !== 'misc' && b.family !== 'misc') return a.family !== b.family;
  const mine = letterPairs(a.title, a.agency ?? '');
  const theirs = `${b.title} ${b.text ?? ''} ${b.purpose ?? ''} ${[b.functions ?? []].flat().join(' ')}`;
  const pairs = letterPairs(b.title, b.agency ?? '');
  for (const p of pairs) if (mine.has(p) || (a.text ?? '').includes(p)) return false;
  for (const p of mine) if (theirs.includes(p)) return false;
  return true;
}

/**
 * @param cases records with `overlaps`, the names that an auditor said
 * @param others more of what exists
 * @param make an index of records
 * @param ranked is given each inventory with the rankings of the cases that have a named record in it, and whether it is the last
 * @returns per number of distractors: cases with a named record in the inventory, those found, and the false alarms
 */
export function measureCases({ cases, others, make, distractors, sizes, threshold, show, depth, ranked, systemsOnly = false }) {
  // What exists, or with what is planned beside it (of which the plan asked about is left out).
  const cased = new Set(cases.map((r) => r.id));
  const all = [...cases, ...others.filter((r) => !cased.has(r.id))].filter((r) => !systemsOnly || r.kind === 'system');
  const byId = new Map(all.map((r) => [r.id, r]));
  const expected = new Map();
  for (const c of cases) {
    const ids = all.filter((r) => r.id !== c.id && c.overlaps.some((name) => namesTitle(name, r.title))).map((r) => r.id);
    if (ids.length > 0) expected.set(c.id, new Set(ids));
  }
  // To the engine everything here exists: what is planned is compared as what is running is.
  const asRecord = ({ family: _family, overlaps: _overlaps, ...r }) => ({ ...r, kind: 'system' });
  return sizes.map((size, turn) => {
    const records = [...all.map(asRecord), ...distractors(size, new Set([...byId.keys(), ...cased]))];
    const index = make(records);
    const questions = [];
    const result = {
      inventory: systemsOnly ? 'systems' : 'systems and projects',
      distractors: size,
      cases: expected.size,
      hits: 0,
      mrr: 0,
      named: 0,
      namedFound: 0,
      flaggedPairs: 0,
      absurdPairs: 0,
      absurdProjects: 0,
      flaggedDistractors: 0,
      unjudgeable: 0,
      projects: cases.length,
    };
    for (const c of cases) {
      const plan = asRecord(c);
      const found = index.screen(plan, { exclude: new Set([c.id]), limit: depth });
      const candidates = found.candidates.slice(0, SHOWN);
      if (!found.judgeable) result.unjudgeable++;
      const wanted = expected.get(c.id);
      if (wanted) {
        const rank = found.candidates.map((x) => ({ id: x.id, score: x.probability }));
        questions.push({ qid: c.id, plan, rel2: [...wanted], rank });
        const first = candidates.findIndex((x) => wanted.has(x.id));
        result.named += Math.min(SHOWN, wanted.size);
        result.namedFound += candidates.filter((x) => wanted.has(x.id)).length;
        if (first >= 0) {
          result.hits++;
          result.mrr += 1 / (first + 1) / expected.size;
        } else if (show)
          console.error(`missed (${size}): ${c.id} ${c.title} → ${[...wanted].map((id) => byId.get(id).title).join(', ')}`);
      }
      let wrong = false;
      for (const x of candidates) {
        if (x.probability < threshold) continue;
        result.flaggedPairs++;
        const other = byId.get(x.id);
        if (!other) result.flaggedDistractors++;
        else if (!wanted?.has(x.id) && absurd(c, other)) {
          wrong = true;
          result.absurdPairs++;
          if (show) console.error(`absurd (${size}): ${x.probability} ${c.id} ${c.title} ~ ${x.id} ${other.title}`);
        }
      }
      if (wrong) result.absurdProjects++;
    }
    ranked({ records, questions }, turn === sizes.length - 1);
    return result;
  });
}
