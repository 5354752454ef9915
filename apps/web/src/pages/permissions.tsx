import type { Role } from '../contract.js';
import { useSpeech } from '../language.js';
import { DataTable } from '../pieces/data-table.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { ROLE } from '../terms.js';

interface Permission {
  readonly command: string;
  readonly roles: readonly Role[];
}

/** 권한표: which role may do what, as the service itself applies it. */
export default function PermissionsPage() {
  const { t, say } = useSpeech();
  const { data, error } = useRead<readonly Permission[]>('/v1/permissions');
  return (
    <>
      <Title
        lead={t(
          '서비스가 실제로 적용하는 표 그대로입니다. 표에 없는 것은 아무도 할 수 없습니다.',
          'The very table that the service applies. What is not in it, nobody may do.',
        )}
      >
        {t('권한표', 'Permissions')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <DataTable<Permission>
          name="permissions"
          title={t('권한표', 'Permissions')}
          rows={data}
          keyOf={({ command }) => command}
          empty={
            <Empty title={t('권한이 없습니다.', 'There are no permissions.')}>
              <p>{t('아무도 아무것도 할 수 없습니다.', 'Nobody may do anything.')}</p>
            </Empty>
          }
          columns={[
            { head: t('행위', 'Act'), text: ({ command }) => command, show: ({ command }) => <code>{command}</code> },
            { head: t('역할', 'Roles'), text: ({ roles }) => roles.map((role) => say(ROLE[role])).join(', ') },
          ]}
        />
      )}
    </>
  );
}
