import type { Command } from 'commander';
import type { ConsultationEvent } from '@sajeon/domain';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, word, type ExitCode } from '../terminal.js';

/** `sajeon clock consultation-ID`: where the clock of a case stands and why, from the events alone. */
export function clockCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('clock')
    .summary(inWords({ ko: '사전협의 한 건의 처리기한을 날마다 풀이한다', en: 'explain the clock of a case, day by day' }, ' · '))
    .description(
      inWords({
        ko: '처리기간을 며칠 썼는지, 누가 며칠 붙들고 있었는지, 언제가 기한인지를 사건에서 다시 계산해 날마다 풀이한다.',
        en: 'Computes from the events how many days are used, who held the case and for how long, and when it is due, and explains every day.',
      }),
    )
    .argument('<stream>', 'consultation-…')
    .option(
      '--as-of <day>',
      inWords({ ko: '그날 끝에(YYYY-MM-DD); 없으면 오늘', en: 'at the end of that day (YYYY-MM-DD); today unless given' }),
    )
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: '\n예:\n  sajeon clock consultation-sample-case-014 --as-of 2026-12-31',
        en: '\nExample:\n  sajeon clock consultation-sample-case-014 --as-of 2026-12-31',
      }),
    )
    .action(async (stream: string, flags: { asOf?: string; json?: true }) => finish(await clock(stream, flags)));
}

async function clock(stream: string, flags: { asOf?: string; json?: true }): Promise<ExitCode> {
  const { CONSULTATION, Decisions, Rules } = await import('@sajeon/decisions');
  const { clockOf, explainDays, isLegalDate, legalDateOf, readRecorded } = await import('@sajeon/domain');
  const id = stream.startsWith('consultation-') ? stream.slice('consultation-'.length) : '';
  if (id === '') {
    throw new CommandFailed(EXIT.usage, {
      ko: `기록 이름은 consultation-으로 시작해야 합니다: ${stream}`,
      en: `The record's name begins with consultation-: ${stream}`,
    });
  }
  const on = flags.asOf ?? legalDateOf(new Date().toISOString());
  if (!isLegalDate(on)) {
    throw new CommandFailed(EXIT.usage, {
      ko: `--as-of에는 있는 날짜(YYYY-MM-DD)를 적으십시오: ${on}`,
      en: `--as-of takes a day that exists (YYYY-MM-DD): ${on}`,
    });
  }
  const told = await withStorage(async ({ events: store }) => {
    const decisions = new Decisions(store);
    // A consultation stream holds consultation events: that is what the write side guarantees.
    const events = (await decisions.load(CONSULTATION, id)).events.map(readRecorded) as ConsultationEvent[];
    const receipt = events.find((event) => event.type === 'consultation-received');
    const rules = receipt && (await new Rules(decisions).clockOf(receipt.data));
    const stands = rules ? clockOf(events, on, rules) : null;
    return stands === null || rules === undefined || receipt === undefined
      ? { recorded: events.length, course: null }
      : { recorded: events.length, course: { stands, days: explainDays(events, on, rules), ruleSet: receipt.data.ruleSet } };
  });
  if (told.course === null) {
    throw new CommandFailed(
      EXIT.problems,
      told.recorded === 0
        ? { ko: `그런 기록이 없습니다: ${stream}`, en: `There is no such record: ${stream}` }
        : {
            ko: '그날까지 접수되지 않아 처리기간이 흐르지 않습니다.',
            en: 'The case has not been received by then: no clock runs.',
          },
    );
  }
  const { stands, days, ruleSet } = told.course;
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ stream, asOf: on, ...stands, days, ruleSet }, null, 2)}\n`);
    return EXIT.ok;
  }
  const rows = days.map(({ date, holder, used, why }) => [
    date,
    holder === 'authority' ? word('협의기관', 'authority') : word('신청기관', 'applicant'),
    String(used),
    inWords(why, ' · '),
  ]);
  process.stdout.write(
    `${stream} · ${on}\n${inWords(stands.text)}\n` +
      `${word('협의기관이 쓴 날', 'held by the authority')} ${stands.authorityHeldDays} · ${word('신청기관이 쓴 날', 'held by the applicant')} ${stands.applicantHeldDays}` +
      ` · ${word('남은 근무일', 'working days left')} ${stands.forecast.workingDaysLeft}${stands.forecast.breachOn === null ? '' : ` · ${word('초과되는 날', 'late from')} ${stands.forecast.breachOn}`} · ${word('규칙', 'rules')} ${ruleSet}\n` +
      `${table([word('날', 'day'), word('누가', 'held by'), word('사용', 'used'), word('까닭', 'why')], [12, 12, 8, { share: 1 }], rows)}\n`,
  );
  return EXIT.ok;
}
