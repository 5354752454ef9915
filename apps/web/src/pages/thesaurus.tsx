import type { Thesaurus } from '../contract.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { DataTable } from '../pieces/data-table.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';

/** 용어: words that mean the same to the engine, beside those it ships with. */
export default function ThesaurusPage() {
  const { t } = useSpeech();
  const { data, error } = useRead<Thesaurus>('/v1/thesaurus');
  const revision = data === undefined || data.version === 0 ? undefined : String(data.version - 1);
  return (
    <>
      <Title
        lead={t(
          '판별기가 같은 뜻으로 볼 말을 더합니다. 바꾸면 판이 올라가고, 그때부터의 검색 결과에 그 판이 적힙니다.',
          'Words that the engine shall hold to mean the same. Each change is a version that later findings name.',
        )}
      >
        {t('용어', 'Thesaurus')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <div className="stack">
          <p className="quiet">
            {t('기본 용어집', 'Shipped')} <code>{data.shipped}</code> ·{' '}
            {t(`더한 판 ${data.version}`, `Extended ${data.version} times`)}
          </p>
          <ActForm
            path="/v1/thesaurus/concepts"
            {...(revision === undefined ? {} : { revision })}
            open={t('같은 뜻의 말 더하기', 'Add words of one meaning')}
            fields={[
              {
                name: 'concept',
                label: t('개념 이름', 'Name of the concept'),
                kind: 'text',
                hint: t('x-로 시작하는 영문 소문자, 숫자, 붙임표', '“x-” and small letters, digits, hyphens'),
              },
              {
                name: 'words',
                label: t('같은 뜻의 말 (한 줄에 하나, 둘 이상)', 'Words of one meaning, one a line, two or more'),
                kind: 'area',
              },
              { name: 'source', label: t('근거', 'Source'), kind: 'text' },
            ]}
            body={({ concept, words = '', source }) => ({
              concept,
              words: words
                .split('\n')
                .map((word) => word.trim())
                .filter((word) => word !== ''),
              source,
            })}
            done={{ ko: '더했습니다. 다음 검색부터 씁니다.', en: 'Added; the next screening uses it.' }}
          />
          <DataTable
            name="thesaurus"
            title={t('더한 용어', 'Added concepts')}
            rows={data.concepts}
            keyOf={({ id }) => id}
            empty={
              <Empty title={t('더한 용어가 없습니다.', 'Nothing was added.')}>
                <p>
                  {t(
                    '검토자가 ‘같은 것인데 판별기가 몰랐다’고 한 말을 여기에 근거와 함께 더하십시오.',
                    'Add, with a source, what reviewers knew to be the same and the engine did not.',
                  )}
                </p>
              </Empty>
            }
            columns={[
              { head: t('개념', 'Concept'), text: ({ id }) => id },
              { head: t('같은 뜻의 말', 'Words'), text: ({ words }) => words.join(', ') },
              { head: t('근거', 'Source'), text: ({ source }) => source },
              {
                head: t('거두기', 'Withdraw'),
                text: () => '',
                show: ({ id }) => (
                  <ActForm
                    path={`/v1/thesaurus/concepts/${id}/withdrawal`}
                    {...(revision === undefined ? {} : { revision })}
                    open={t(`${id} 거두기`, `Withdraw ${id}`)}
                    fields={[{ name: 'reason', label: t('까닭', 'Why'), kind: 'area' }]}
                    done={{ ko: '거두었습니다.', en: 'Withdrawn.' }}
                  />
                ),
              },
            ]}
          />
        </div>
      )}
    </>
  );
}
