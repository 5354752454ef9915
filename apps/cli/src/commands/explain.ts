import type { Command } from 'commander';
import { differencesInPrint, recomputedScreenings, verdictCode } from '../recomputation.js';
import { withStorage } from '../storage.js';
import { CommandFailed, EXIT, inWords, table, word, type ExitCode } from '../terminal.js';

/** `sajeon explain CASE`: why a case was flagged and on what it was decided, computed again from the log and compared with the record. */
export function explainCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  program
    .command('explain')
    .summary(
      inWords({ ko: '검색 결과와 결정의 근거를 다시 계산해 견준다', en: 'recompute findings and decisions of a case' }, ' · '),
    )
    .description(
      inWords({
        ko: '기록된 중복 검색 결과를 그날의 엔진·동의어·목록으로 다시 계산하고, 결정할 때 본 화면을 사건에서 다시 만들어, 기록과 같으면 REPRODUCED, 다르면 DIVERGED와 다른 곳을 보여 준다. 그날의 엔진이 이 판에 없으면 CANNOT-RECOMPUTE.',
        en: 'Computes every recorded finding again with the engine, thesaurus and inventory of its day, makes the page again that each decision was made on, and says REPRODUCED, or DIVERGED and where. CANNOT-RECOMPUTE: this version does not have the engine of that day.',
      }),
    )
    .argument('<case>', word('사건 번호 또는 consultation-…', 'id of the case, or consultation-…'))
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .addHelpText(
      'after',
      inWords({
        ko: '\n종료 코드: 0 모두 같음 · 1 다른 것이 있음 · 2 다시 계산할 수 없는 것이 있음\n\n예:\n  sajeon explain sample-case-014',
        en: '\nExit codes: 0 all reproduced · 1 something diverged · 2 something cannot be recomputed\n\nExample:\n  sajeon explain sample-case-014',
      }),
    )
    .action(async (id: string, flags: { json?: true }) => finish(await explain(id.replace(/^consultation-/, ''), flags)));
}

async function explain(id: string, flags: { json?: true }): Promise<ExitCode> {
  const { CONSULTATION, Decisions } = await import('@sajeon/decisions');
  const { recomputeBases } = await import('@sajeon/read-models');
  const found = await withStorage(async ({ events: store }) => {
    const { events } = await new Decisions(store).load(CONSULTATION, id);
    if (events.length === 0) return null;
    const screenings = (await recomputedScreenings(store, events)).map(({ screening, at, finding, ...recomputation }) => {
      const { engine, inventoryPosition, planVersion } = finding;
      return { screening, at, planVersion, inventoryPosition, engine, ...recomputation };
    });
    const decisions = recomputeBases(events).map(({ number, revision, ...rest }) => ({
      ...{ decision: number, revision: revision.toString(), ...rest },
    }));
    return { consultation: id, screenings, decisions };
  });
  if (found === null) {
    throw new CommandFailed(EXIT.problems, { ko: `그런 사건이 없습니다: ${id}`, en: `There is no such case: ${id}` });
  }
  const code = verdictCode([...found.screenings, ...found.decisions].map(({ verdict }) => verdict));
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return code;
  }
  const rows = [
    ...found.screenings.map(({ screening, at, verdict, engine, divergences, missing }) => [
      `${word('검색', 'screening')} ${screening}`,
      at,
      verdict,
      [...differencesInPrint(divergences, missing), ...(verdict === 'REPRODUCED' ? [Object.values(engine).join(', ')] : [])].join(
        '\n',
      ),
    ]),
    ...found.decisions.map(({ decision, act, at, verdict, basis, viewHash }) => [
      `${word('결정', 'decision')} ${decision}\n${act}`,
      at,
      verdict,
      verdict === 'REPRODUCED' ? viewHash : `${basis.viewHash} → ${viewHash}`,
    ]),
  ];
  const head = [
    word('무엇', 'what'),
    word('언제', 'when'),
    word('판정', 'verdict'),
    word('다른 곳 또는 판', 'difference, or versions'),
  ];
  const text =
    rows.length === 0
      ? word('검색 결과도 결정도 없습니다.', 'No finding and no decision yet.')
      : table(head, [22, 26, 18, { share: 1 }], rows);
  process.stdout.write(`${text}\n`);
  return code;
}
