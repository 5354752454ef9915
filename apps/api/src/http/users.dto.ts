import { ApiProperty } from '@nestjs/swagger';
import {
  DELEGABLE_ROLES,
  DELEGATION_KINDS,
  USER_ROLES,
  type Delegation,
  type DelegationKind,
  type Grant,
  type UserRole,
} from '@sajeon/domain';
import type { ApiKey } from '@sajeon/identity';
import { KEY_ROLES, SCOPE } from '@sajeon/identity';
import type { Colleague, GivenDelegations, UserRow } from '@sajeon/read-models';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Transform } from 'class-transformer';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';

const ID = /^[a-z0-9-]{1,100}$/;

export class RegisterUserDto {
  /**
   * Pseudonymous id: not a name, not an e-mail address, not an employee number
   * @example 'p-1042'
   */
  @IsString()
  @Matches(ID)
  user: string;
}

export class GrantRolesDto {
  /**
   * 기관 코드
   * @example 'gyeonggi'
   */
  @IsString()
  @Matches(ID)
  agency: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(6)
  @IsIn(USER_ROLES, { each: true })
  roles: UserRole[];

  /** First day */
  @LegalDate('2026-12-01')
  @IsString()
  @IsDay()
  from: string;

  /** Last day; until revoked when absent or null */
  @LegalDate('2027-11-30')
  @IsOptional()
  @IsString()
  @IsDay()
  until?: string | null;
}

export class UserReasonDto {
  /**
   * 사유
   * @example '다른 부서로 옮겼다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class DelegateDto {
  /**
   * Of one's own roles for the agency one acts for
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @IsIn(DELEGABLE_ROLES, { each: true })
  roles: UserRole[];

  /** `acting`: 대결, in absence. `standing`: 전결 */
  @IsIn(DELEGATION_KINDS)
  kind: DelegationKind;

  /** First day */
  @LegalDate('2026-12-03')
  @IsString()
  @IsDay()
  from: string;

  /** Last day */
  @LegalDate('2026-12-11')
  @IsString()
  @IsDay()
  until: string;
}

export class MakeAccountDto {
  /**
   * 아이디
   * @example 'suwon-kim'
   */
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9._-]{2,63}$/)
  login: string;
}

/** The account and its first password, told once. */
export class MadeAccountDto {
  /** @example 'suwon-kim' */
  login: string;

  /**
   * To be changed at the first sign-in
   * @example 'K3v9Qw2xZa7bT1mN5pRs'
   */
  password: string;

  /** When it lets nobody in any more, unless it was changed */
  @Instant()
  until: string;
}

export class ListUsersDto extends ListDto {
  /**
   * Users who were ever granted roles for this agency
   * @example 'gyeonggi'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  agency?: string;

  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  suspended?: boolean;
}

export class GrantDto implements Grant {
  /** @example 'k3m9q2x7za' */
  grant: string;

  /** @example 'gyeonggi' */
  agency: string;

  roles: UserRole[];

  @LegalDate('2026-12-01')
  from: string;

  /** Null: until revoked */
  @LegalDate('2027-11-30')
  until: string | null;

  revoked: boolean;
}

export class DelegationDto implements Delegation {
  /** @example 'k3m9q2x7za' */
  delegation: string;

  /** @example 'person-demo-gyeonggi-approver' */
  delegator: string;

  /** @example 'gyeonggi' */
  agency: string;

  roles: UserRole[];

  kind: DelegationKind;

  @LegalDate('2026-12-03')
  from: string;

  @LegalDate('2026-12-11')
  until: string;

  withdrawn: boolean;
}

export class GivenDelegationDto extends DelegationDto {
  /**
   * Who exercises it
   * @example 'person-demo-gyeonggi-reviewer'
   */
  receiver: string;

  /** Of the receiver's record: what `If-Match` needs to take it back */
  @Decimal('3')
  revision: string;
}

export class ColleagueDto implements Colleague {
  /** @example 'person-demo-gyeonggi-reviewer' */
  person: string;

  /** By grants of their own, today */
  roles: UserRole[];

  /** Of their record: what `If-Match` needs to pass something on to them */
  @Decimal('3')
  revision: string;
}

/** What somebody has passed on, and to whom more could be. */
export class GivenDelegationsDto implements GivenDelegations {
  /** Latest first, ended ones too */
  given: GivenDelegationDto[];

  /** Who else acts for the agency that one acts for; empty when it is another's record that is looked at */
  colleagues: ColleagueDto[];
}

/** Somebody who may act, by a pseudonymous id. */
export class UserDto implements UserRow {
  /** @example 'p-1042' */
  person: string;

  suspended: boolean;

  /**
   * For which roles were ever granted or delegated
   * @example ['gyeonggi']
   */
  agencies: string[];

  grants: GrantDto[];

  delegations: DelegationDto[];

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class UserPageDto extends PageDto {
  rows: UserDto[];
}

export class MakeApiKeyDto {
  /**
   * What it is for
   * @example '예산 시스템 연계'
   */
  @IsString()
  @MaxLength(200)
  name: string;

  /** @example 'gyeonggi' */
  @IsString()
  @Matches(ID)
  agency: string;

  /** A machine never approves and never administers */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @IsIn(KEY_ROLES, { each: true })
  roles: UserRole[];

  /**
   * `<part of the service>:read` or `:write`; `*` for every part
   * @example ['systems:read', 'consultations:read']
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @Matches(SCOPE, { each: true })
  scopes: string[];

  /** After so many days it ends */
  @ApiProperty({ type: 'integer', example: 90 })
  @IsInt()
  @Min(1)
  @Max(366)
  days: number;
}

/** The key, told once. */
export class MadeApiKeyDto {
  /** @example 'a1b2c3d4e5f60718' */
  key: string;

  /**
   * Send it as `Authorization: Bearer …`; it is never told again
   * @example 'sajeon_a1b2c3d4e5f60718_xJ3rVtq0q7m2Uo1tT0yP1Q2vG6b8oH4dJqYc1s2uK9A'
   */
  secret: string;
}

/** A key without its secret, which nobody has but its holder. */
export class ApiKeyDto implements ApiKey {
  /** @example 'a1b2c3d4e5f60718' */
  key: string;

  /** @example '예산 시스템 연계' */
  name: string;

  /** @example 'gyeonggi' */
  agency: string;

  roles: UserRole[];

  /** @example ['systems:read'] */
  scopes: string[];

  /** @example 'person-demo-admin' */
  createdBy: string;

  @Instant()
  createdAt: string;

  @Instant()
  expiresAt: string;

  @Instant()
  revokedAt: string | null;

  @Instant()
  usedAt: string | null;
}
