import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyDecider } from './agency/agency.js';
import { calendarDecider } from './calendar/gazette.js';
import { consultationDecider } from './consultation/consultation.js';
import { EVENT_TYPES, readEvent, schemaOf, type SajeonEvent } from './history.js';
import type { Decider } from './kernel/decider.js';
import { Malformed } from './kernel/errors.js';
import { upToDate, WrittenByNewerVersion, type StoredEvent } from './kernel/history.js';
import { accessRecordDecider } from './oversight/access-record.js';
import { auditFindingDecider } from './oversight/audit-finding.js';
import { personalDataDecider } from './personal-data/personal-data.js';
import { letterDecider } from './letter/letter.js';
import { preliminaryDecider } from './preliminary/preliminary-review.js';
import { projectDecider } from './project/project.js';
import { ruleSetDecider } from './ruleset/ruleset.js';
import { systemDecider } from './system/system.js';
import { tellAll } from './telling.js';
import { thesaurusDecider } from './thesaurus/thesaurus.js';
import { userDecider } from './user/user.js';

const fixtures = join(__dirname, '../../../test/fixtures');
const read = (path: string) => readFileSync(join(fixtures, path), 'utf8');
// The fixtures are what the store would give back: plain JSON that nobody has typed yet.
const golden = (file: string): StoredEvent => JSON.parse(read(`events/${file}`));
const log: readonly (StoredEvent & { readonly stream: string })[] = read('log/events.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('golden files', () => {
  const files = readdirSync(join(fixtures, 'events')).filter((file) => file.endsWith('.json'));
  const sums = new Map(
    read('events/SHA256SUMS')
      .trim()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );

  it('there is one for every schema that any event type ever had', () => {
    const wanted = EVENT_TYPES.flatMap((type) =>
      Array.from({ length: schemaOf(type) }, (_, index) => `${type}@${index + 1}.json`),
    );
    expect([...files].sort()).toEqual(wanted.sort());
  });

  it.each(files)('%s reads as it was written: nobody edits what is stored already', (file) => {
    expect(sums.get(file)).toBe(
      createHash('sha256')
        .update(read(`events/${file}`))
        .digest('hex'),
    );
  });

  it('none is missing that was committed once', () => expect([...sums.keys()].sort()).toEqual([...files].sort()));

  it.each(files)('%s leads to the newest shape', (file) => {
    const { type, schema, data } = golden(file);
    expect(file).toBe(`${type}@${schema}.json`);
    expect(readEvent({ type, schema, data })).toEqual({ type, data: golden(`${type}@${schemaOf(type)}.json`).data });
  });
});

describe('reading', () => {
  it('takes the steps from the schema of the event to the newest, in order', () => {
    const steps = [
      (data: object) => ({ ...data, second: Object.keys(data).length }),
      (data: object) => ({ ...data, third: Object.keys(data).length }),
    ];
    expect(upToDate({ type: 'sample', schema: 1, data: { first: 0 } }, steps)).toEqual({ first: 0, second: 1, third: 2 });
    expect(upToDate({ type: 'sample', schema: 2, data: { second: 9 } }, steps)).toEqual({ second: 9, third: 1 });
    expect(upToDate({ type: 'sample', schema: 3, data: { third: 9 } }, steps)).toEqual({ third: 9 });
    expect(() => upToDate({ type: 'sample', schema: 4, data: {} }, steps)).toThrow(WrittenByNewerVersion);
  });

  it.each([
    { type: 'made-up', schema: 1, data: {} },
    { type: 'consultation-drafted', schema: 2, data: {} },
    { type: 'constructor', schema: 1, data: {} },
  ])('refuses $type in schema $schema, which a newer version wrote', (stored) => {
    expect(() => readEvent(stored)).toThrow(WrittenByNewerVersion);
    expect(() => readEvent(stored)).toThrow(expect.objectContaining({ code: 'written-by-newer-version' }));
  });

  it.each([0, -1, 1.5, NaN])('refuses a damaged schema number: %s', (schema) => {
    expect(() => readEvent({ type: 'consultation-drafted', schema, data: {} })).toThrow(Malformed);
  });

  it('writes no event of a type that is not registered', () => expect(() => schemaOf('made-up')).toThrow(WrittenByNewerVersion));
});

describe('the log of a small year: a case with a correction and a late condition, one withdrawn, one returned, one held, one waived of its condition, one reviewed jointly', () => {
  /** The stream's name tells which events it holds, so the fixture's events are taken at its word. */
  function folding<Event extends SajeonEvent, State>(decider: Decider<never, Event, State>) {
    return (events: readonly SajeonEvent[]): unknown =>
      events.reduce((state, event) => decider.evolve(state, event as Event), decider.initialState);
  }
  const folds = new Map([
    ['subject', folding(personalDataDecider)],
    ['finding', folding(auditFindingDecider)],
    ['reads', folding(accessRecordDecider)],
    ['agency', folding(agencyDecider)],
    ['system', folding(systemDecider)],
    ['project', folding(projectDecider)],
    ['consultation', folding(consultationDecider)],
    ['ruleset', folding(ruleSetDecider)],
    ['letter', folding(letterDecider)],
    ['preliminary', folding(preliminaryDecider)],
    ['calendar', folding(calendarDecider)],
    ['user', folding(userDecider)],
    ['thesaurus', folding(thesaurusDecider)],
  ]);
  const streams = [...new Set(log.map(({ stream }) => stream))].sort();
  const eventsOf = (stream: string) => log.filter((event) => event.stream === stream).map(readEvent);

  it('folds to the states that were committed', () => {
    const states = Object.fromEntries(
      streams.map((stream) => [stream, folds.get(stream.slice(0, stream.indexOf('-')))?.(eventsOf(stream))]),
    );
    expect(states).toEqual(JSON.parse(read('log/states.json')));
  });

  it('is told in the sentences that were committed', () => {
    const told = streams.map((stream) => ({ stream, told: tellAll(eventsOf(stream)).map(({ ko, en }) => [ko, en]) }));
    expect(told).toEqual(JSON.parse(read('log/told.json')));
  });

  it('holds every event type', () => expect([...new Set(log.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES].sort()));
});
