import { given } from '../testing.js';
import { accessRecordDecider } from './access-record.js';
import { auditFindingDecider as decider, type AuditFindingCommand } from './audit-finding.js';
import type { AuditFindingEvent, Read } from './events.js';

const at = '2026-11-20T00:00:00Z';
const auditor = { by: { person: 'p-a', agency: 'bai' }, at };
const audited = { by: { person: 'p-r', agency: 'gyeonggi' }, at };
const raised = {
  ...{ finding: 'f-1', about: 'consultation-c-1', seenAt: '42', agency: 'gyeonggi', question: 'same-drafter-and-approver' },
  ...{ title: '기안자와 결재자가 같음', text: '제안과 승인을 같은 사람이 하였음.', answerBy: '2026-12-20' },
};
const raisedEvent: AuditFindingEvent = { type: 'finding-raised', data: { ...auditor, ...raised } };
const answer = { answer: '담당자를 나누었음.', measures: ['업무분장 변경'] };
const answeredEvent: AuditFindingEvent = { type: 'finding-answered', data: { ...audited, ...answer } };
const rejectedEvent: AuditFindingEvent = {
  type: 'finding-answer-rejected',
  data: { ...auditor, reason: '증빙이 없음', answerBy: '2027-01-10' },
};
const resolvedEvent: AuditFindingEvent = { type: 'finding-resolved', data: { ...auditor, remarks: '조치 확인' } };
const withdrawnEvent: AuditFindingEvent = { type: 'finding-withdrawn', data: { ...auditor, reason: '사실과 다름' } };

const raise = (change: object = {}): AuditFindingCommand => ({
  type: 'raise-finding',
  data: { ...auditor, ...raised, ...change },
});
const respond: AuditFindingCommand = { type: 'answer-finding', data: { ...audited, ...answer } };
const reject: AuditFindingCommand = {
  type: 'reject-finding-answer',
  data: { ...auditor, reason: '증빙이 없음', answerBy: '2027-01-10' },
};
const resolve: AuditFindingCommand = { type: 'resolve-finding', data: { ...auditor, remarks: '조치 확인' } };
const withdraw: AuditFindingCommand = { type: 'withdraw-finding', data: { ...auditor, reason: '사실과 다름' } };
const stranger = { by: { person: 'p-x', agency: 'seoul' }, at };

describe('an audit finding', () => {
  it('is raised once', () => {
    given(decider).when(raise()).then(raisedEvent);
    given(decider, raisedEvent).when(raise()).then();
    given(decider, raisedEvent)
      .when(raise({ title: '다른 지적' }))
      .refuses('finding-already-raised');
  });
  it('says what it is about, as of when, to whom, and by when it is to be answered', () => {
    for (const [change, code] of [
      [{ about: '' }, 'required'],
      [{ finding: 'a/b' }, 'invalid-id'],
      [{ agency: '' }, 'required'],
      [{ question: '' }, 'required'],
      [{ seenAt: 'now' }, 'invalid-position'],
      [{ title: '' }, 'required'],
      [{ text: '' }, 'required'],
      [{ answerBy: '2026-02-30' }, 'invalid-date'],
    ] as const)
      given(decider).when(raise(change)).refuses(code);
    given(decider)
      .when(raise({ question: null }))
      .then({ type: 'finding-raised', data: { ...auditor, ...raised, question: null } });
  });
  it('is answered by the agency it is addressed to, and by no other', () => {
    given(decider, raisedEvent).when(respond).then(answeredEvent);
    given(decider, raisedEvent, answeredEvent).when(respond).then();
    given(decider, raisedEvent)
      .when({ type: 'answer-finding', data: { ...stranger, ...answer } })
      .refuses('not-the-audited-agency');
    given(decider, raisedEvent)
      .when({ type: 'answer-finding', data: { ...audited, answer: '', measures: [] } })
      .refuses('required');
    given(decider, raisedEvent, answeredEvent, resolvedEvent)
      .when({ type: 'answer-finding', data: { ...audited, answer: '다시', measures: [] } })
      .refuses('wrong-finding-status');
  });
  it('is followed up: an answer is rejected with a new date, or the finding is resolved', () => {
    given(decider, raisedEvent, answeredEvent).when(reject).then(rejectedEvent);
    given(decider, raisedEvent, answeredEvent, rejectedEvent).when(respond).then(answeredEvent);
    given(decider, raisedEvent, answeredEvent).when(resolve).then(resolvedEvent);
    given(decider, raisedEvent, answeredEvent, resolvedEvent).when(resolve).then();
    given(decider, raisedEvent).when(resolve).refuses('wrong-finding-status');
    given(decider, raisedEvent).when(reject).refuses('wrong-finding-status');
    given(decider, raisedEvent, answeredEvent)
      .when({ type: 'reject-finding-answer', data: { ...auditor, reason: '', answerBy: '2027-01-10' } })
      .refuses('required');
    given(decider, raisedEvent, answeredEvent)
      .when({ type: 'reject-finding-answer', data: { ...auditor, reason: 'x', answerBy: '2027' } })
      .refuses('invalid-date');
    given(decider, raisedEvent, answeredEvent)
      .when({ type: 'resolve-finding', data: { ...auditor, remarks: '' } })
      .refuses('required');
  });
  it('is withdrawn with a reason, unless it is over', () => {
    given(decider, raisedEvent).when(withdraw).then(withdrawnEvent);
    given(decider, raisedEvent, withdrawnEvent).when(withdraw).then();
    given(decider, raisedEvent, answeredEvent, resolvedEvent).when(withdraw).refuses('wrong-finding-status');
    given(decider, raisedEvent)
      .when({ type: 'withdraw-finding', data: { ...auditor, reason: '' } })
      .refuses('required');
  });
  it('is followed up by the body that raised it alone', () => {
    for (const command of [reject, resolve, withdraw])
      given(decider, raisedEvent, answeredEvent)
        .when({ ...command, data: { ...command.data, ...stranger } } as AuditFindingCommand)
        .refuses('not-the-auditing-agency');
  });
  it('must be there', () => {
    for (const command of [respond, reject, resolve, withdraw]) given(decider).when(command).refuses('no-such-finding');
    expect(decider.evolve(null, answeredEvent)).toBeNull();
  });
});

describe('the record of reads', () => {
  const read: Read = { at, person: 'p-a', agency: 'bai', operation: 'showCase', asked: '/v1/consultations/c-1' };
  const by = { person: 'system', agency: 'sajeon' };
  it('takes what was read together, and nothing for nothing', () => {
    given(accessRecordDecider)
      .when({ type: 'record-reads', data: { by, at, reads: [read] } })
      .then({ type: 'records-read', data: { by, at, reads: [read] } });
    given(accessRecordDecider)
      .when({ type: 'record-reads', data: { by, at, reads: [] } })
      .then();
  });
  it('needs to know what was asked', () => {
    given(accessRecordDecider)
      .when({ type: 'record-reads', data: { by, at, reads: [{ ...read, operation: '' }] } })
      .refuses('required');
    given(accessRecordDecider)
      .when({ type: 'record-reads', data: { by, at, reads: [{ ...read, asked: '' }] } })
      .refuses('required');
    given(accessRecordDecider)
      .when({ type: 'record-reads', data: { by, at, reads: Array.from({ length: 501 }, () => read) } })
      .refuses('too-many');
  });
});
