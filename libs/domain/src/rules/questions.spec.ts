import fc from 'fast-check';
import { AGENCY_TIERS } from '../agency/agency.js';
import { questionsOn } from './questions.js';
import { PROJECT_KINDS } from './rule-book.js';
import { sampleRules } from './sample-rules.js';
import { isTarget } from './target.js';

const asked = (on: string, tier: (typeof AGENCY_TIERS)[number] = 'BASIC_LOCAL', ownerTier: typeof tier | null = null) =>
  questionsOn(sampleRules, on, { tier, ownerTier });
const facts = (...args: Parameters<typeof asked>) => asked(...args).map(({ fact }) => fact);

it('asks what the rules of the day read, and says why and by which rule', () => {
  expect(facts('2024-05-01')).toEqual([
    ...['kind', 'isNew', 'resultsFromIsp', 'totalBudgetKrw', 'softwareDevelopmentKrw', 'ownIncomeOnly', 'isDisasterSafety'],
  ]);
  const [kind] = asked('2024-05-01');
  expect(kind?.choices.map(({ value }) => value)).toEqual(PROJECT_KINDS);
  const cost = asked('2024-05-01').find(({ fact }) => fact === 'totalBudgetKrw');
  expect(cost).toMatchObject({
    ...{ answer: 'won', choices: [] },
    rules: [{ rule: 'threshold-basic-2024', from: '2024-01-01', to: null, certainty: 'partly-supported' }],
  });
  for (const { text, why } of asked('2024-05-01')) for (const words of [text, why]) expect(words.ko && words.en).toBeTruthy();
});

it('asks no question whose answer no rule of the day reads', () => {
  expect(facts('2017-12-31')).toEqual(['kind', 'totalBudgetKrw']);
  expect(facts('2023-08-01')).toContain('hasNewFunctions');
  expect(facts('2023-06-30')).not.toContain('isDisasterSafety');
});

it('asks a corporation by the tier of its owner, and every threshold while the owner is not known', () => {
  const rules = (ownerTier: 'METROPOLITAN' | null) =>
    asked('2024-05-01', 'LOCAL_PUBLIC_CORP', ownerTier).find(({ fact }) => fact === 'totalBudgetKrw')?.rules ?? [];
  expect(rules('METROPOLITAN').map(({ rule }) => rule)).toEqual(['threshold-metropolitan-2024']);
  expect(rules(null).length).toBeGreaterThan(1);
});

it('asks nothing where nobody has to consult', () => {
  expect(facts('2016-01-01', 'PUBLIC_INSTITUTION')).toEqual([]);
  expect(facts('2009-12-31')).toEqual([]);
});

it('asks for every fact on which an answer can hang', () => {
  const unknown = fc.constantFrom(null, true, false);
  const won = fc.constantFrom(null, 1, 150_000_000, 3_000_000_000);
  fc.assert(
    fc.property(
      fc.constantFrom('2012-01-01', '2018-06-01', '2023-02-01', '2023-08-01', '2026-11-30'),
      fc.record({
        ...{ tier: fc.constantFrom(...AGENCY_TIERS), ownerTier: fc.constant(null), kind: fc.constantFrom(...PROJECT_KINDS) },
        ...{ isNew: fc.boolean(), hasNewFunctions: unknown, resultsFromIsp: unknown, ownIncomeOnly: unknown },
        ...{ totalBudgetKrw: won, softwareDevelopmentKrw: won },
      }),
      (on, project) => {
        const questions: readonly string[] = questionsOn(sampleRules, on, project).map(({ fact }) => fact);
        const { missing } = isTarget(project, on, sampleRules);
        expect(missing.filter((fact) => fact !== 'ownerTier' && !questions.includes(fact))).toEqual([]);
      },
    ),
    { numRuns: 2_000, seed: 67 },
  );
});
