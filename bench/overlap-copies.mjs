// Near-copies: records written again with names swapped, trimmed, extended, in another order or partly reworded. Can the engine tell
// by what it says is copied? Deterministic: which record and which edit follow from the number of the copy.

const SWAP = ['성남시', '전주시', '김해시', '강릉시', '여수시'];
const OTHER = {
  제공: '지원',
  관리: '운영',
  조회: '확인',
  신청: '접수',
  개선: '강화',
  통합: '연계',
  실시간: '즉시',
  분석: '진단',
};

const reworded = (text) => Object.entries(OTHER).reduce((t, [from, to]) => t.replaceAll(from, to), text);
export const EDITS = {
  resubmitted: (r) => ({ ...r, title: `${r.title} (2차)` }),
  'names swapped': (r, i) => ({ ...r, agency: SWAP[i % SWAP.length], title: `${SWAP[i % SWAP.length]} ${r.title}` }),
  trimmed: (r) => ({ ...r, functions: r.functions.slice(0, 2), data: [] }),
  extended: (r, i) => ({
    ...r,
    functions: [...r.functions, '직원 교육', '성과 보고'],
    purpose: `${r.purpose}. 아울러 ${SWAP[i % SWAP.length]}의 디지털 전환을 앞당긴다`,
  }),
  reordered: (r) => ({ ...r, functions: [...r.functions].reverse(), purpose: r.purpose.split(' ').reverse().join(' ') }),
  reworded: (r) => ({ ...r, purpose: reworded(r.purpose), functions: r.functions.map(reworded) }),
};

/**
 * Average precision of "copied" over the candidates shown for edited copies of cards among the records of the index.
 * @returns {ap, first} overall and by edit; `first`: share of copies whose source is the first candidate
 */
export function measureCopies({ index, sources, averagePrecision }) {
  const all = [];
  const byEdit = {};
  for (const [name, edit] of Object.entries(EDITS)) {
    const pairs = [];
    let first = 0;
    sources.forEach((source, i) => {
      const { candidates } = index.screen(edit(source, i), { limit: 20 });
      if (candidates[0]?.id === source.id) first++;
      for (const c of candidates) pairs.push({ score: c.copied, right: c.id === source.id, key: `${name} ${source.id} ${c.id}` });
    });
    byEdit[name] = { ap: averagePrecision(pairs, sources.length), first: first / sources.length };
    all.push(...pairs);
  }
  return { ap: averagePrecision(all, sources.length * Object.keys(EDITS).length), byEdit };
}
