import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal, Role } from './principal.js';

/** What a token may carry: every role but the service's own. */
const ROLES: readonly Role[] = ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner', 'auditor', 'administrator'];

/** Bearer tokens that the service accepts. Only hashes are kept. */
export class TokenBook {
  private constructor(private readonly entries: readonly { readonly hash: Buffer; readonly principal: Principal }[]) {}

  /**
   * @param json an array of `{ tokenSha256, person, agency, roles }`, e.g. the file that `SAJEON_TOKENS_FILE` names
   * @throws Error that says which entry is wrong and why
   */
  static fromJson(json: string): TokenBook {
    const parsed: unknown = JSON.parse(json);
    if (!Array.isArray(parsed)) throw new Error('tokens: expected an array of { tokenSha256, person, agency, roles }');
    return new TokenBook(
      parsed.map((entry: unknown, index) => {
        const { tokenSha256, person, agency, roles } = (entry ?? {}) as Record<string, unknown>;
        if (typeof tokenSha256 !== 'string' || !/^[0-9a-f]{64}$/.test(tokenSha256)) {
          throw new Error(`tokens[${index}].tokenSha256: expected 64 hex digits`);
        }
        if (typeof person !== 'string' || person === '') throw new Error(`tokens[${index}].person: expected an id`);
        if (typeof agency !== 'string' || agency === '') throw new Error(`tokens[${index}].agency: expected an agency id`);
        if (!isRoles(roles)) throw new Error(`tokens[${index}].roles: expected some of ${ROLES.join(', ')}`);
        return { hash: Buffer.from(tokenSha256, 'hex'), principal: { person, agency, roles } };
      }),
    );
  }

  static ofDemoUsers(users: readonly DemoUser[] = DEMO_USERS): TokenBook {
    return new TokenBook(users.map(({ token, principal }) => ({ hash: sha256(token), principal })));
  }

  /** All that a person may act as by tokens. */
  of(person: string): readonly Principal[] {
    return this.entries.map(({ principal }) => principal).filter((principal) => principal.person === person);
  }

  /** The principal a token stands for; undefined when it is not known. */
  find(token: string): Principal | undefined {
    const hash = sha256(token);
    return this.entries.find((entry) => timingSafeEqual(entry.hash, hash))?.principal;
  }
}

function isRoles(value: unknown): value is Role[] {
  return Array.isArray(value) && value.length > 0 && value.every((role) => ROLES.includes(role as Role));
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Somebody a newcomer can act as. Never accepted in production mode. */
export interface DemoUser {
  readonly token: string;
  readonly ko: string;
  readonly en: string;
  readonly principal: Principal;
}

export const DEMO_USERS: readonly DemoUser[] = [
  demo('demo-suwon', '수원시 정보통신과 (신청·결재)', 'Suwon city, applicant and its approver', 'gyeonggi-suwon', [
    'applicant',
    'applicant-approver',
  ]),
  demo('demo-suwon-clerk', '수원시 기안자 (신청)', 'Suwon city, clerk who drafts', 'gyeonggi-suwon', ['applicant']),
  demo('demo-seongnam', '성남시 정보통신과 (신청·결재)', 'Seongnam city, applicant and its approver', 'gyeonggi-seongnam', [
    'applicant',
    'applicant-approver',
  ]),
  demo('demo-gyeonggi-reviewer', '경기도 검토자', 'Gyeonggi province, reviewer', 'gyeonggi', ['reviewer']),
  demo('demo-gyeonggi-approver', '경기도 결재자', 'Gyeonggi province, approver', 'gyeonggi', ['approver']),
  demo('demo-gyeonggi-director', '경기도 국장 (이의 심사)', 'Gyeonggi province, director', 'gyeonggi', ['approver']),
  demo('demo-gyeonggi', '경기도 (신청·결재)', 'Gyeonggi province, applicant and its approver', 'gyeonggi', [
    'applicant',
    'applicant-approver',
  ]),
  demo('demo-mois-reviewer', '행정안전부 검토자', 'Ministry, reviewer', 'mois', ['reviewer']),
  demo('demo-mois-approver', '행정안전부 결재자', 'Ministry, approver', 'mois', ['approver']),
  demo('demo-mois-owner', '행정안전부 시스템 담당자 (소유기관)', 'Ministry, owner of systems', 'mois', ['owner']),
  demo('demo-auditor', '감사원 감사관', 'Board of Audit, auditor', 'bai', ['auditor']),
  demo('demo-admin', '관리자', 'Administrator', 'mois', ['administrator']),
];

function demo(token: string, ko: string, en: string, agency: string, roles: readonly Role[]): DemoUser {
  return { token, ko, en, principal: { person: `person-${token}`, agency, roles } };
}
