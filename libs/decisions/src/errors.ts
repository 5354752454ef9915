import { DomainError } from '@sajeon/domain';

/** The record moved on since the caller read it (HTTP 412). */
export class ConcurrencyConflict extends DomainError {
  override readonly name = 'ConcurrencyConflict';
  constructor(
    readonly stream: string,
    /** Revision of the record now; undefined when it does not exist. */
    readonly current: bigint | undefined,
  ) {
    super('stale-revision', {
      ko: '그 사이 다른 사람이 이 기록을 바꾸었습니다. 다시 불러와 확인한 뒤 제출하십시오.',
      en: 'Somebody changed this record in the meantime. Load it again, check it and submit again.',
    });
  }
}

/** The same command id came with other content (HTTP 422): one of the two would be lost if it were let through. */
export class CommandReused extends DomainError {
  override readonly name = 'CommandReused';
  constructor(readonly commandId: string) {
    super('idempotency-key-reused', {
      ko: '같은 Idempotency-Key가 다른 내용으로 이미 쓰였습니다. 새 요청에는 새 키를 쓰십시오.',
      en: 'This Idempotency-Key was already used with other content. Use a new key for a new request.',
    });
  }
}
