import { useState } from 'react';
import { Link } from 'wouter';
import type { DrawnCase, DrawnSample, SamplingMethod } from '../contract.js';
import { useSpeech } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { DataTable } from '../pieces/data-table.js';
import { Button, Form, SelectField, TextField } from '../pieces/form.js';
import { Empty, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { Problem } from '../http.js';
import { SAMPLING, statusName, TIER } from '../terms.js';
import { raisePath } from './finding-of.js';

const METHODS = ['stratified', 'random', 'risk'] as const satisfies readonly SamplingMethod[];

/** 표본추출: the seed and the log position give the same sample to whoever draws it again. */
export function SamplesTab() {
  const { t, say } = useSpeech();
  const [asked, setAsked] = useState({ method: 'stratified', size: '10', seed: '', asOf: '' });
  const [drawn, setDrawn] = useState<typeof asked | null>(null);
  const sample = useRead<DrawnSample>(drawn === null ? null : withQuery('/v1/audit/samples', drawn));
  const problem = sample.error instanceof Problem ? sample.error.document : null;
  const change = (field: keyof typeof asked) => (value: string) => setAsked({ ...asked, [field]: value });
  return (
    <div className="stack">
      <section className="panel" aria-labelledby="draw-title">
        <h2 id="draw-title">{t('표본 뽑기', 'Draw a sample')}</h2>
        <Form problem={problem} label={t('표본 뽑기', 'Draw a sample')} onSubmit={() => setDrawn(asked)}>
          <div className="two top">
            <SelectField
              label={t('뽑는 방법', 'Method')}
              pointer="/method"
              value={asked.method}
              onChange={change('method')}
              choices={METHODS.map((value) => ({ value, label: say(SAMPLING[value]) }))}
            />
            <TextField
              label={t('건수', 'Size')}
              pointer="/size"
              value={asked.size}
              onChange={change('size')}
              inputMode="numeric"
              hint={t('1건에서 200건까지', '1 to 200')}
            />
            <TextField
              label={t('씨앗', 'Seed')}
              pointer="/seed"
              value={asked.seed}
              onChange={change('seed')}
              required
              hint={t(
                '감사 번호처럼 나중에 다시 댈 수 있는 말. 같은 씨앗과 기록 위치는 누가 뽑아도 같은 표본을 줍니다.',
                'Something that can be given again, such as the number of the audit: the same seed draws the same sample.',
              )}
            />
            <TextField
              label={t('언제의 기록에서', 'As of')}
              pointer="/asOf"
              value={asked.asOf}
              onChange={change('asOf')}
              hint={t('기록 위치나 날짜(2026-11-30). 비우면 지금.', 'A log position or a date (2026-11-30); now when empty.')}
            />
          </div>
          <div>
            <Button submit weight="primary" busy={sample.isFetching}>
              {t('표본 뽑기', 'Draw')}
            </Button>
          </div>
        </Form>
      </section>
      {sample.error !== null && problem === null && <ReadProblem error={sample.error} />}
      {sample.isLoading && <Waiting />}
      {drawn === null && (
        <Empty title={t('아직 뽑은 표본이 없습니다.', 'No sample drawn yet.')}>
          <p>
            {t(
              '접수된 사건 전부에서 뽑습니다. 층화는 기관 유형과 상태마다 고르게, 위험은 겹침이 많고 금액이 큰 사건을 더 자주 뽑습니다.',
              'From all cases that were filed. Stratified takes evenly from each kind of agency and state; by risk takes costly and overlapping ones more often.',
            )}
          </p>
        </Empty>
      )}
      {drawn !== null && sample.data !== undefined && (
        <section className="stack" aria-labelledby="sample-title">
          <h2 id="sample-title">{t('뽑은 표본', 'The sample')}</h2>
          <p role="status">
            {t(
              `${sample.data.population}건 가운데 ${sample.data.rows.length}건. 씨앗 ‘${drawn.seed}’, 기록 위치 ${sample.data.position}: 이 둘을 적어 두면 다시 뽑을 수 있습니다.`,
              `${sample.data.rows.length} of ${sample.data.population}. Seed “${drawn.seed}”, log position ${sample.data.position}: note both to draw it again.`,
            )}
          </p>
          <div>
            <Button onClick={() => setAsked({ ...drawn, asOf: sample.data.position })}>
              {t('이 표본의 조건 다시 채우기', 'Fill in what draws this sample again')}
            </Button>
          </div>
          <DataTable<DrawnCase>
            name="sample"
            title={t('뽑은 표본', 'The sample')}
            rows={sample.data.rows}
            empty={null}
            keyOf={({ consultation }) => consultation}
            columns={[
              {
                head: t('사건', 'Case'),
                text: ({ title }) => title,
                show: ({ consultation, title }) => <Link href={`/cases/${consultation}`}>{title}</Link>,
              },
              { head: t('접수번호', 'Number'), text: ({ consultation }) => consultation },
              { head: t('층', 'Stratum'), text: ({ stratum }) => say(stratumName(stratum)) },
              { head: t('위험도', 'Weight'), text: ({ weight }) => Math.round(weight * 10) / 10 },
              {
                head: t('지적', 'Finding'),
                text: () => '',
                show: ({ consultation, title }) => (
                  <Link
                    href={raisePath(`consultation-${consultation}`, sample.data.position)}
                    aria-label={t(`${title}: 지적하기`, `${title}: raise a finding`)}
                  >
                    {t('지적하기', 'Raise')}
                  </Link>
                ),
              },
            ]}
          />
        </section>
      )}
    </div>
  );
}

/** `BASIC_LOCAL notified` → 시·군·구 · 통보 */
function stratumName(stratum: string): { readonly ko: string; readonly en: string } {
  const [tier = '', status = ''] = stratum.split(' ');
  const first = (TIER as Readonly<Record<string, { ko: string; en: string }>>)[tier] ?? { ko: tier, en: tier };
  const second = statusName(status as Parameters<typeof statusName>[0]);
  return { ko: `${first.ko} · ${second.ko}`, en: `${first.en} · ${second.en}` };
}
