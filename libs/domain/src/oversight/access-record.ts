import type { Decider, DomainCommand } from '../kernel/decider.js';
import { checkList, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { Read, RecordsRead } from './events.js';

/** Reads that were asked for within a moment of one another are recorded together. */
export const MOST_READS_AT_ONCE = 500;

export type RecordReads = DomainCommand<'record-reads', { readonly reads: readonly Read[] }>;

/** Reads recorded so far on this day. */
export type AccessRecordState = number;

function decide(command: RecordReads): readonly RecordsRead[] {
  const { by, at, reads } = command.data;
  checkStamp(command.data);
  checkList(reads, '/reads', MOST_READS_AT_ONCE);
  reads.forEach(({ operation, asked }, index) => {
    checkText(operation, `/reads/${index}/operation`, LIMITS.name);
    checkText(asked, `/reads/${index}/asked`, LIMITS.purpose);
  });
  return reads.length === 0 ? [] : [{ type: 'records-read', data: { by, at, reads } }];
}

/** 열람 기록: append-only, one stream for each day. */
export const accessRecordDecider: Decider<RecordReads, RecordsRead, AccessRecordState> = {
  initialState: 0,
  decide,
  evolve: (state, event) => state + event.data.reads.length,
};
