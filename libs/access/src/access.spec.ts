import { createHash } from 'node:crypto';
import {
  caseScope,
  DEMO_USERS,
  maySeeCase,
  maySeeInternalOpinion,
  maySeeName,
  PERMISSIONS,
  permit,
  TokenBook,
  type Principal,
  type Role,
} from './index.js';

const person = (agency: string, ...roles: Role[]): Principal => ({ person: 'p', agency, roles });
const parties = { applicantAgency: 'gyeonggi-suwon', authorityAgency: 'gyeonggi', draft: false };

describe('the permission table', () => {
  it('lets nobody record a screening but the service itself', () => {
    expect(PERMISSIONS['record-screening']).toEqual(['system']);
    expect(() => permit('record-screening', person('gyeonggi', 'reviewer', 'approver', 'administrator'))).toThrow(
      'role-required',
    );
  });
  it('gives an auditor nothing to change', () => {
    const findings = ['raise-finding', 'reject-finding-answer', 'resolve-finding', 'withdraw-finding'];
    const allowed = Object.entries(PERMISSIONS).filter(([, roles]) => roles.includes('auditor'));
    // What an auditor writes is about the record, or about themselves: never the record itself.
    expect(allowed.map(([command]) => command).sort()).toEqual(['deposit-personal-data', ...findings].sort());
  });
  it('leaves approval to approvers', () => {
    expect(() => permit('submit-consultation', person('gyeonggi-suwon', 'applicant'))).toThrow(
      expect.objectContaining({ code: 'role-required' }),
    );
    expect(() => permit('submit-consultation', person('gyeonggi-suwon', 'applicant-approver'))).not.toThrow();
    expect(() => permit('approve-decision', person('gyeonggi', 'reviewer'))).toThrow('approver');
    expect(() => permit('approve-decision', person('gyeonggi', 'approver'))).not.toThrow();
  });
});

describe('who may see a case', () => {
  it('is its applicant, its authority once it is filed, and auditors', () => {
    expect(maySeeCase(person('gyeonggi-suwon', 'applicant'), { ...parties, draft: true })).toBe(true);
    expect(maySeeCase(person('gyeonggi', 'reviewer'), { ...parties, draft: true })).toBe(false);
    expect(maySeeCase(person('gyeonggi', 'reviewer'), parties)).toBe(true);
    expect(maySeeCase(person('gyeonggi-seongnam', 'applicant', 'reviewer', 'administrator'), parties)).toBe(false);
    expect(maySeeCase(person('bai', 'auditor'), parties)).toBe(true);
  });
  it('is also the owner of an overlapping system while its opinion is asked, in the person who speaks for it', () => {
    const asked = { ...parties, invitedAgencies: ['mois'] };
    expect(maySeeCase(person('mois', 'owner'), asked)).toBe(true);
    expect(maySeeCase(person('mois', 'owner'), parties)).toBe(false);
    expect(maySeeCase(person('mois', 'owner'), { ...asked, draft: true })).toBe(false);
    expect(maySeeCase(person('mois', 'reviewer', 'administrator'), asked)).toBe(false);
    expect(maySeeCase(person('gyeonggi-seongnam', 'owner'), asked)).toBe(false);
    expect(maySeeInternalOpinion(person('mois', 'owner'), asked)).toBe(false);
  });
  it('shows a name to its person, to colleagues of the agency and to administrators, and to nobody else', () => {
    const acted = { person: 'person-7', agency: 'gyeonggi' };
    expect(maySeeName(person('gyeonggi', 'reviewer'), acted)).toBe(true);
    expect(maySeeName(person('mois', 'administrator'), acted)).toBe(true);
    expect(maySeeName({ ...person('gyeonggi-suwon', 'applicant'), person: 'person-7' }, acted)).toBe(true);
    expect(maySeeName(person('gyeonggi-suwon', 'applicant'), acted)).toBe(false);
    expect(maySeeName(person('bai', 'auditor'), acted)).toBe(false);
  });
  it('does not show the authority’s internal opinion to the applicant', () => {
    expect(maySeeInternalOpinion(person('gyeonggi-suwon', 'applicant'), parties)).toBe(false);
    expect(maySeeInternalOpinion(person('gyeonggi', 'reviewer'), parties)).toBe(true);
    expect(maySeeInternalOpinion(person('bai', 'auditor'), parties)).toBe(true);
  });
  it('limits lists to one’s own agency, except for auditors', () => {
    expect(caseScope(person('gyeonggi', 'reviewer'))).toEqual({ agency: 'gyeonggi' });
    expect(caseScope(person('bai', 'auditor'))).toBe('all');
  });
});

describe('tokens', () => {
  const entry = {
    tokenSha256: createHash('sha256').update('secret').digest('hex'),
    person: 'p-1',
    agency: 'gyeonggi',
    roles: ['reviewer'],
  };
  it('are known by their hash alone', () => {
    const book = TokenBook.fromJson(JSON.stringify([entry]));
    expect(book.find('secret')).toEqual({ person: 'p-1', agency: 'gyeonggi', roles: ['reviewer'] });
    expect(book.find('Secret')).toBeUndefined();
    expect(book.find(entry.tokenSha256)).toBeUndefined();
  });
  it.each([
    ['a list', '{}', 'expected an array'],
    ['a hash', JSON.stringify([{ ...entry, tokenSha256: 'secret' }]), 'tokens[0].tokenSha256'],
    ['a person', JSON.stringify([entry, { ...entry, person: '' }]), 'tokens[1].person'],
    ['an agency', JSON.stringify([{ ...entry, agency: 7 }]), 'tokens[0].agency'],
    ['known roles', JSON.stringify([{ ...entry, roles: ['system'] }]), 'tokens[0].roles'],
  ])('need %s', (_, json, message) => expect(() => TokenBook.fromJson(json)).toThrow(message));
  it('of demo users are all different and none is the service itself', () => {
    expect(new Set(DEMO_USERS.map(({ token }) => token)).size).toBe(DEMO_USERS.length);
    const book = TokenBook.ofDemoUsers();
    for (const { token, principal } of DEMO_USERS) expect(book.find(token)).toEqual(principal);
    expect(DEMO_USERS.flatMap(({ principal }) => principal.roles)).not.toContain('system');
  });
});
