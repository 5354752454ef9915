import { useState } from 'react';
import { Link } from 'wouter';
import type { PlannedSheet, PlanSheetReport, ProblemDocument, Workbook } from '../contract.js';
import { downloadWorkbook } from '../csv.js';
import { ask, newKey, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Badge, Title } from '../pieces/show.js';
import { readAgain } from '../reading.js';
import { PLAN_FIELD } from '../terms.js';

interface Chosen {
  readonly name: string;
  readonly xlsx: string;
  readonly report: PlanSheetReport;
  /** The same for every attempt with this file, so that nothing is planned twice. */
  readonly key: string;
}

/** 일괄 등록: many plans from one Excel sheet, looked at before anything is recorded. */
export default function PlanSheetPage() {
  const { t, say } = useSpeech();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [planned, setPlanned] = useState<PlannedSheet | null>(null);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const [busy, setBusy] = useState(false);

  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };
  const template = (): Promise<void> =>
    working(async () => downloadWorkbook((await ask<Workbook>('/v1/plan-sheets/template')).body));
  const look = (file: File): Promise<void> =>
    working(async () => {
      setPlanned(null);
      setChosen(null);
      const xlsx = await base64(file);
      const { body: report } = await ask<PlanSheetReport>('/v1/plan-sheets/checks', { method: 'POST', body: { xlsx } });
      setChosen({ name: file.name, xlsx, report, key: newKey() });
    });
  const marked = (): Promise<void> =>
    working(async () => {
      const body = { xlsx: chosen?.xlsx };
      downloadWorkbook((await ask<Workbook>('/v1/plan-sheets/marked', { method: 'POST', body })).body);
    });
  const take = (): Promise<void> =>
    working(async () => {
      if (chosen === null) return;
      const { body } = await ask<PlannedSheet>('/v1/plan-sheets', {
        method: 'POST',
        body: { xlsx: chosen.xlsx },
        key: chosen.key,
      });
      setPlanned(body);
      setChosen(null);
      await readAgain();
    });

  return (
    <>
      <Title
        lead={t(
          '한 해의 사업계획을 엑셀 한 파일로 올립니다. 먼저 살펴보고, 고칠 곳이 없을 때만 등록합니다.',
          'Send the plans of a year in one Excel file. It is looked at first, and recorded only when nothing is to be mended.',
        )}
      >
        {t('엑셀로 한꺼번에 등록', 'Plans from Excel')}
      </Title>
      <div className="stack">
        <section className="panel" aria-labelledby="sheet-template">
          <h2 id="sheet-template">{t('1. 양식 받기', '1. Get the template')}</h2>
          <p>
            {t(
              '한 줄이 사업 하나입니다. 적는 법은 둘째 시트에 있습니다.',
              'One row is one plan. The second sheet explains the columns.',
            )}
          </p>
          <div>
            <Button busy={busy} onClick={() => void template()}>
              {t('엑셀 양식 내려받기', 'Download the template')}
            </Button>
          </div>
        </section>
        <section className="panel" aria-labelledby="sheet-send">
          <h2 id="sheet-send">{t('2. 파일 올리기', '2. Send the file')}</h2>
          <div className="form-group">
            <div className="form-tit">
              <label htmlFor="sheet-file">{t('엑셀 파일(.xlsx)', 'Excel file (.xlsx)')}</label>
            </div>
            <input
              id="sheet-file"
              type="file"
              accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                // The same file can be chosen again after it was mended.
                event.target.value = '';
                if (file !== undefined) void look(file);
              }}
            />
          </div>
          <ProblemSummary problem={problem} />
          {chosen !== null && (
            <>
              <p role="status">
                <strong>{chosen.name}</strong>:{' '}
                {t(
                  `등록할 수 있는 사업 ${chosen.report.good}건, 고칠 줄 ${chosen.report.wrong}개`,
                  `${chosen.report.good} plan(s) can be taken over, ${chosen.report.wrong} row(s) are to be mended`,
                )}
              </p>
              <table className="list">
                <caption>{t('파일의 내용', 'What the file says')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('줄', 'Row')}</th>
                    <th scope="col" className="wide">
                      {t('사업명', 'Title')}
                    </th>
                    <th scope="col">{t('고칠 점', 'To mend')}</th>
                  </tr>
                </thead>
                <tbody>
                  {chosen.report.rows.map(({ row, title, problems }) => (
                    <tr key={row}>
                      <td className="number" data-label={t('줄', 'Row')}>
                        {row}
                      </td>
                      <th scope="row">{title === '' ? t('(사업명 없음)', '(no title)') : title}</th>
                      <td data-label={t('고칠 점', 'To mend')}>
                        {problems.length === 0 ? (
                          <Badge tone="success">{t('없음', 'Nothing')}</Badge>
                        ) : (
                          <ul className="plain">
                            {problems.map(({ pointer, code, messages }) => (
                              <li key={`${pointer} ${code}`}>
                                {fieldName(pointer, say)}
                                {say(messages)}
                              </li>
                            ))}
                          </ul>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <div className="row">
                {chosen.report.wrong > 0 ? (
                  <Button weight="primary" busy={busy} onClick={() => void marked()}>
                    {t('고칠 점을 적은 엑셀 받기', 'Download the file with what to mend')}
                  </Button>
                ) : (
                  <Button weight="primary" busy={busy} onClick={() => void take()}>
                    {t(`사업 ${chosen.report.good}건 등록`, `Record ${chosen.report.good} plan(s)`)}
                  </Button>
                )}
              </div>
            </>
          )}
          {planned !== null && (
            <div role="status" className="stack">
              <p>{t(`사업 ${planned.rows.length}건을 등록했습니다.`, `${planned.rows.length} plan(s) are recorded.`)}</p>
              <ul className="cards">
                {planned.rows.map(({ row, title, project }) => (
                  <li key={row}>
                    {title} <span className="quiet number">{project}</span>
                  </li>
                ))}
              </ul>
              <p>
                <Link href="/my-cases">{t('신청 현황으로', 'To my cases')}</Link>
              </p>
            </div>
          )}
        </section>
      </div>
    </>
  );
}

function fieldName(pointer: string, say: (message: { ko: string; en: string }) => string): string {
  const name = PLAN_FIELD[pointer.split('/')[1] ?? ''];
  return name === undefined ? '' : `${say(name)}: `;
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
}
