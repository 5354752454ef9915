import type { Command } from 'commander';
import {
  eventsBy,
  type Change,
  type ConsultationState,
  type Message,
  type Moment,
  type SajeonEvent,
  type TimeAxis,
} from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { momentOf } from '../moment.js';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, word, type ExitCode } from '../terminal.js';

/** `sajeon replay STREAM`: the history in words and the state that follows from it, folded afresh from the events; no view is asked. */
export function replayCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('replay')
    .summary(inWords({ ko: '기록을 처음부터 되짚는다', en: 'retell a record from its events' }, ' · '))
    .description(
      inWords({
        ko: '한 기록의 모든 사건을 차례로 말로 풀고, 그때의 상태를 보여 준다. 화면용 표가 아니라 사건에서 다시 계산한다.',
        en: 'Tells every event of one record in words and shows the state they lead to, computed afresh from the events themselves.',
      }),
    )
    .argument(
      '<stream>',
      inWords({
        ko: 'consultation-…, project-…, system-…, agency-…, ruleset-…, calendar-…, 또는 목록: queue, inventory',
        en: 'consultation-…, project-…, system-…, agency-…, ruleset-… or calendar-…; or a list: queue, inventory',
      }),
    )
    .option(
      '--as-of <moment>',
      inWords({
        ko: '그때까지만: 로그 위치(숫자), 날짜(YYYY-MM-DD, 그날 끝), 시각(RFC 3339)',
        en: 'up to then: log position, date (YYYY-MM-DD, end of the day in Seoul) or instant (RFC 3339)',
      }),
      momentOf,
    )
    .option(
      '--from <moment>',
      inWords({ ko: '그때와 견주어 무엇이 달라졌는지', en: 'what changed since then, up to --as-of (or now)' }),
      momentOf,
    )
    .option(
      '--axis <axis>',
      inWords({
        ko: 'recorded: 그때의 기록(기본) · effective: 나중에 기록되었더라도 그때까지 일어난 일(날짜·시각에만)',
        en: 'recorded: what the record held then (default) · effective: what had happened by then, also what was recorded later (days and instants only)',
      }),
      axisOf,
    )
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: `
예:
  sajeon replay consultation-sample-case-014
  sajeon replay consultation-sample-case-014 --as-of 2026-11-30
  sajeon replay system-egov-001 --as-of 1200 --json
  sajeon replay consultation-sample-case-014 --from 2026-11-01 --as-of 2026-11-30
  sajeon replay queue --as-of 2026-11-30`,
        en: `
Examples:
  sajeon replay consultation-sample-case-014
  sajeon replay consultation-sample-case-014 --as-of 2026-11-30
  sajeon replay system-egov-001 --as-of 1200 --json
  sajeon replay consultation-sample-case-014 --from 2026-11-01 --as-of 2026-11-30
  sajeon replay queue --as-of 2026-11-30`,
      }),
    )
    .action(async (stream: string, flags: Flags) =>
      finish(await (stream === 'queue' || stream === 'inventory' ? replayList(stream, flags) : replay(stream, flags))),
    );
}

function axisOf(text: string): TimeAxis {
  if (text === 'recorded' || text === 'effective') return text;
  throw new CommandFailed(EXIT.usage, {
    ko: `--axis는 recorded(그때의 기록) 또는 effective(그때까지 일어난 일)입니다: ${text}`,
    en: `--axis is recorded (what the record held then) or effective (what had happened by then): ${text}`,
  });
}

interface Flags {
  readonly asOf?: Moment;
  readonly from?: Moment;
  readonly axis?: TimeAxis;
  readonly json?: true;
}

async function replay(stream: string, flags: Flags): Promise<ExitCode> {
  const { AGENCY, CALENDAR, CONSULTATION, PROJECT, RULE_SET, SYSTEM_ENTRY } = await import('@sajeon/decisions');
  const { changesBetween, readRecorded, statusOf, tellAll } = await import('@sajeon/domain');
  const kind = [AGENCY, CONSULTATION, PROJECT, SYSTEM_ENTRY, RULE_SET, CALENDAR].find(({ prefix }) =>
    stream.startsWith(`${prefix}-`),
  );
  if (!kind || stream.length <= kind.prefix.length + 1) {
    throw new CommandFailed(EXIT.usage, {
      ko: `기록 이름은 consultation-, project-, system-, agency-, ruleset-, calendar- 가운데 하나로 시작해야 합니다: ${stream}`,
      en: `A record's name begins with consultation-, project-, system-, agency-, ruleset- or calendar-: ${stream}`,
    });
  }
  const all = await withStorage(async ({ events }) => {
    const found: RecordedEvent[] = [];
    for await (const event of events.readStream(stream)) found.push(event);
    return found;
  });
  if (all.length === 0) {
    throw new CommandFailed(EXIT.problems, { ko: `그런 기록이 없습니다: ${stream}`, en: `There is no such record: ${stream}` });
  }
  const axis = flags.axis ?? 'recorded';
  if (axis === 'effective' && [flags.asOf, flags.from].some((moment) => typeof moment === 'bigint')) {
    throw new CommandFailed(EXIT.usage, {
      ko: '--axis effective에는 로그 위치가 아니라 날짜나 시각을 쓰십시오.',
      en: '--axis effective takes days and instants, not log positions.',
    });
  }
  const recorded = flags.asOf === undefined ? all : eventsBy(all, flags.asOf, axis);
  if (recorded.length === 0) {
    throw new CommandFailed(EXIT.problems, {
      ko: `그때는 아직 없던 기록입니다. 첫 사건은 위치 ${all[0]?.position}(${all[0]?.recordedAt})입니다.`,
      en: `The record did not exist then. Its first event is at position ${all[0]?.position} (${all[0]?.recordedAt}).`,
    });
  }
  const events = recorded.map(readRecorded);
  const told = tellAll(events);
  const state = fold(kind.decider, events);
  const last = recorded.at(-1);
  if (flags.from !== undefined) {
    const since = flags.from;
    const before = eventsBy(all, since, axis);
    if (before.length > recorded.length) {
      throw new CommandFailed(EXIT.usage, {
        ko: '--from은 --as-of보다 앞선 때여야 합니다. 둘을 바꾸어 적으십시오.',
        en: '--from has to be before --as-of. Write them the other way round.',
      });
    }
    const changes = changesBetween(before.length === 0 ? undefined : fold(kind.decider, events.slice(0, before.length)), state);
    return tellDifference(stream, recorded.slice(before.length), told.slice(before.length), changes, flags);
  }

  if (flags.json) {
    const document = {
      stream,
      revision: last?.revision.toString(),
      position: last?.position.toString(),
      later: all.length - recorded.length,
      events: recorded.map(({ id, type, revision, position, recordedAt, data }, n) => ({
        ...{ revision: revision.toString(), position: position.toString(), recordedAt, id, type, told: told[n], data },
      })),
      state,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return EXIT.ok;
  }
  const history = recorded.map(({ revision, position }, n) => {
    const sentence = told[n];
    return `${String(revision).padStart(3)}  @${String(position).padEnd(6)} ${sentence ? inWords(sentence, '\n             ') : ''}`;
  });
  const later = all.length - recorded.length;
  const until = word(`위치 ${last?.position}(${last?.recordedAt})까지`, `up to position ${last?.position} (${last?.recordedAt})`);
  const rest = later === 0 ? '' : word(` · 그 뒤 사건 ${later}건은 뺌`, ` · ${later} later events left out`);
  // Which state it is follows from the stream's prefix.
  const facts =
    kind === CONSULTATION ? caseInWords(state as ConsultationState, inWords(statusOf(state as ConsultationState), ' / ')) : [];
  process.stdout.write(
    `${stream}  ${until}${rest}\n\n${history.join('\n')}\n\n${word('그때의 상태', 'State')}\n${facts.length > 0 ? facts.map((fact) => `  ${fact}`).join('\n') : plain(state)}\n`,
  );
  return EXIT.ok;
}

function tellDifference(
  stream: string,
  steps: readonly RecordedEvent[],
  told: readonly Message[],
  changes: readonly Change[],
  flags: Flags,
): ExitCode {
  const passed = steps.map(({ position, recordedAt, type }, n) => ({
    position: String(position),
    recordedAt,
    type,
    told: told[n],
  }));
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ stream, steps: passed, changes }, null, 2)}\n`);
    return EXIT.ok;
  }
  const words = (value: unknown) => (value === undefined ? '-' : JSON.stringify(value));
  const lines = [
    ...passed.map(({ position, told: sentence }) => `@${position.padEnd(6)} ${sentence ? inWords(sentence, '\n        ') : ''}`),
    '',
    ...changes.map(({ pointer, before, after }) => `${pointer || '/'}  ${words(before)} → ${words(after)}`),
  ];
  process.stdout.write(`${stream}\n\n${lines.join('\n')}\n`);
  return EXIT.ok;
}

/** The queue or the inventory as it stood. Unlike a single record it is read from the rows that the views keep of their past. */
async function replayList(list: 'queue' | 'inventory', { asOf, from, axis, json }: Flags): Promise<ExitCode> {
  if (from !== undefined) {
    throw new CommandFailed(EXIT.usage, {
      ko: '--from은 기록 하나에만 쓸 수 있습니다. 목록의 차이는 GET /v1/differences/queue 로 보십시오.',
      en: '--from is for single records. For lists ask GET /v1/differences/queue or /systems.',
    });
  }
  if (axis === 'effective') {
    throw new CommandFailed(EXIT.usage, {
      ko: '--axis effective는 기록 하나에만 쓸 수 있습니다. 목록은 그때 기록되어 있던 대로 보입니다.',
      en: '--axis effective is for single records. Lists are shown as they were recorded then.',
    });
  }
  await import('reflect-metadata');
  const { NestFactory } = await import('@nestjs/core');
  const { Module } = await import('@nestjs/common');
  const { QueryBus } = await import('@nestjs/cqrs');
  const { AuditLog, AuditModule } = await import('@sajeon/audit');
  const { DecisionsModule } = await import('@sajeon/decisions');
  const { legalDateOf } = await import('@sajeon/domain');
  const { ListQueue, ListSystems, MAX_PAGE, migrate, ProjectionHost, ReadModelsModule } = await import('@sajeon/read-models');
  return withStorage(async ({ events, database, mode }) => {
    await migrate(database);
    class ListModule {}
    const parts = [
      DecisionsModule.forRoot(events),
      ReadModelsModule.forRoot({ database }),
      AuditModule.forRoot({ database, dense: mode !== 'kurrent' }),
    ];
    Module({ imports: parts })(ListModule);
    const app = await NestFactory.createApplicationContext(ListModule, { logger: ['error', 'fatal'], abortOnError: false });
    try {
      const head = await events.head();
      const then = asOf ?? head;
      const position = typeof then === 'bigint' ? then : await app.get(AuditLog).positionAt(new Date(then));
      const host = app.get(ProjectionHost);
      // Where no worker runs, nobody else brings the view up to date.
      host.start();
      const view = list === 'queue' ? 'reviewer-queue' : 'system-inventory';
      const wanted = position < head ? position : head;
      if ((await host.waitFor(view, wanted, VIEW_PATIENCE_MS)) < wanted) {
        throw new CommandFailed(EXIT.store, {
          ko: '목록이 아직 그 위치까지 만들어지지 않았습니다. 잠시 뒤 다시 하십시오.',
          en: 'The list has not been made up to that position yet. Try again in a moment.',
        });
      }
      const on = legalDateOf(new Date(typeof then === 'bigint' ? Date.now() : then).toISOString());
      const rows: object[] = [];
      for (let cursor: string | undefined; ;) {
        const request = { limit: MAX_PAGE, asOf: position, cursor };
        const query = list === 'queue' ? new ListQueue({ ...request, on }) : new ListSystems(request);
        const page = await app.get(QueryBus).execute(query);
        rows.push(...page.rows);
        if (page.next === null) break;
        cursor = page.next;
      }
      if (json) process.stdout.write(`${JSON.stringify({ list, position: String(position), rows }, null, 2)}\n`);
      else process.stdout.write(`${list} @${position}: ${rows.length}\n${rows.map(inOneLine).join('')}`);
      return EXIT.ok;
    } finally {
      await app.close();
    }
  });
}

const VIEW_PATIENCE_MS = 60_000;

function inOneLine(row: object): string {
  const { consultation, system, title, applicantName, agency, status, dueOn, retiredAt } = row as Record<string, unknown>;
  const facts = [consultation ?? system, title, applicantName ?? agency, status, dueOn, retiredAt];
  return `${facts.filter((fact) => fact !== null && fact !== undefined).join('  ')}\n`;
}

/** The stream's own decider folds its events; that a stream holds its own kind's events is what the write side guarantees. */
function fold(
  decider: { readonly initialState: unknown; evolve(state: never, event: never): unknown },
  events: readonly SajeonEvent[],
): unknown {
  return events.reduce<unknown>((state, event) => decider.evolve(state as never, event as never), decider.initialState);
}

function caseInWords(state: ConsultationState, status: string): readonly string[] {
  if (state === null) return [];
  const settled = new Map(state.settlements.map((settlement) => [settlement.candidate, settlement]));
  const candidates = state.screening?.candidates ?? [];
  return [
    `${word('상태', 'status')}: ${status}`,
    `${word('사업', 'project')}: ${state.plan.content.title} (${word(`계획서 ${state.plan.version}판`, `plan version ${state.plan.version}`)}, ${state.plan.hash.slice(0, 12)})`,
    `${word('신청기관', 'applicant')}: ${state.applicant.name} · ${word('협의기관', 'authority')}: ${state.authority.name}`,
    ...(state.receipt
      ? [`${word('처리기한', 'due')}: ${state.receipt.dueOn} (${word('규칙', 'rules')} ${state.receipt.ruleSet})`]
      : []),
    ...candidates
      .filter(({ flagged, id }) => flagged || settled.has(id))
      .map(({ id, name, probability }) => {
        const verdict = settled.get(id);
        const said = verdict
          ? `${verdict.confirmed ? word('확정', 'confirmed') : word('기각', 'dismissed')} (${verdict.relation}: ${verdict.reason})`
          : word('판정 전', 'not settled');
        return `${word('중복 후보', 'candidate')}: ${name} [${id}] ${Math.round(probability * 100)}% ${said}`;
      }),
    ...(state.openRound
      ? [
          `${word('보완요청', 'correction')} ${state.rounds}: ${state.openRound.items.length}, ${word('기한', 'by')} ${state.openRound.respondBy}`,
        ]
      : []),
    ...(state.proposal
      ? [
          `${word('결정안', 'proposal')} ${state.proposal.number}: ${state.proposal.outcome} (${state.proposal.proposer}${state.proposal.approver ? ` → ${state.proposal.approver}` : ''})`,
        ]
      : []),
  ];
}

function plain(state: unknown): string {
  return JSON.stringify(state, null, 2).replace(/^/gm, '  ');
}
