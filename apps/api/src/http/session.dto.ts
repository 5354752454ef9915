import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '@sajeon/access';
import type { RecordedSecurityEvent, Session } from '@sajeon/identity';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Instant, MayBeAbsent, PlainText } from './fields.js';

/** What a browser signs in with where the installation keeps its own accounts. */
export class SignInDto {
  /**
   * 아이디
   * @example 'demo-suwon'
   */
  @IsString()
  @PlainText()
  @MinLength(1)
  @MaxLength(200)
  login: string;

  /**
   * 비밀번호
   * @example 'demo-suwon'
   */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  password: string;

  /**
   * Where an authenticator app is enrolled: its six digits, or a recovery code
   * @example '287082'
   */
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  code?: string;
}

export class SwitchCapacityDto {
  /**
   * One of the session's capacities
   * @example 'gyeonggi-suwon'
   */
  @IsString()
  @Matches(/^[a-zA-Z0-9._:-]{1,220}$/)
  capacity: string;
}

export class ChangePasswordDto {
  /** @example 'the one I was given first' */
  @IsString()
  @MaxLength(200)
  current: string;

  /**
   * At least 12 characters
   * @example 'four unrelated words together'
   */
  @IsString()
  @MaxLength(200)
  next: string;
}

/** Somebody else's authority: 대결 (`acting`) or 전결 (`standing`). */
export class DelegatedDto {
  /** @example 'd-k3m9q2x7za' */
  id: string;

  /**
   * Whose it is
   * @example 'person-demo-gyeonggi-approver'
   */
  delegator: string;

  kind: 'acting' | 'standing';
}

/** What somebody may act as. */
export class CapacityDto {
  /**
   * Sent as `X-Act-As`, or switched to
   * @example 'gyeonggi-suwon'
   */
  id: string;

  /** @example 'gyeonggi-suwon' */
  agency: string;

  /** @example '수원시' */
  agencyName: string;

  roles: Role[];

  /** Absent for roles of one's own */
  delegation?: DelegatedDto;

  /**
   * 승계: the agency of one's own that took over from this one; absent for roles held for the agency itself
   * @example 'gyeonggi-suwon'
   */
  successor?: string;
}

/** Who is signed in, and what they may act as. */
export class SignedInDto {
  /** @example 'person-demo-suwon' */
  person: string;

  /** In the order in which they were granted; empty for somebody without any role */
  capacities: CapacityDto[];

  /**
   * The one in use; null without any
   * @example 'gyeonggi-suwon'
   */
  capacity: string | null;

  /**
   * Send it as `X-CSRF-Token` with every change; null when a token, not a session, says who this is
   * @example 'xJ3rVtq0q7m2Uo1tT0yP1Q2vG6b8oH4dJqYc1s2uK9A'
   */
  csrfToken: string | null;

  /** How one signed in; null with a token */
  method: Session['method'] | null;

  /** The password was given by somebody else: nothing but `changePassword`, `showSession` and `signOut` is answered before it is changed */
  mustChangePassword: boolean;

  /** The capacity in use may not be exercised before an authenticator app is enrolled */
  mustEnrolSecondFactor: boolean;

  /** The capacity in use may not be exercised with what the identity provider said of this sign-in */
  mustSignInStronger: boolean;

  /**
   * 64 bytes in base64 under which this person's browsers keep what is typed and not sent; null with a token, before the sign-in is
   * complete, and without a key of the vault
   * @example 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kA=='
   */
  draftKey: string | null;

  /** When the session ends in any case */
  @Instant()
  endsAt: string | null;

  /**
   * Minutes without use after which it ends
   * @example 30
   */
  @ApiProperty({ type: 'integer' })
  idleMinutes: number;
}

/** One sign-in of one's own. */
export class SessionDto implements Omit<Session, 'person'> {
  /** @example '6f9619ff-8b86-d011-b42d-00c04fc964ff' */
  session: string;

  /** This very one */
  current: boolean;

  method: Session['method'];

  /** What was shown beside the password; `provider` where the identity provider says that it was enough */
  secondFactor: Session['secondFactor'];

  /** @example 'gyeonggi-suwon' */
  capacity: string | null;

  @Instant()
  openedAt: string;

  @Instant()
  seenAt: string;

  @Instant()
  endsAt: string;

  /**
   * What the browser says it is
   * @example 'Mozilla/5.0'
   */
  agent: string;

  /** @example '10.1.2.3' */
  address: string;
}

/** That it is done. */
export class DoneDto {
  /** @example 'done' */
  status: 'done';

  /**
   * Where the browser goes to sign out at the identity provider too
   * @example 'https://login.example.go.kr/session/end'
   */
  next?: string;
}

/** How people sign in here. */
export class SignInMethodsDto {
  /** With a login and a password of this installation */
  password: boolean;

  /** At the identity provider: `/v1/sign-in/provider` */
  provider: boolean;

  /** Demonstration users are let in: `/v1/demo-users` */
  demo: boolean;
}

/** What the service refused or let in. */
export class SecurityEventDto implements RecordedSecurityEvent {
  /** @example '1042' */
  id: string;

  @Instant()
  at: string;

  kind: RecordedSecurityEvent['kind'];

  /** @example 'person-demo-suwon' */
  person: string | null;

  /** @example 'gyeonggi-suwon' */
  agency: string | null;

  /** @example '10.1.2.3' */
  address: string;

  /** What more is to say; never a secret */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { code: 'role-required' } })
  detail: Record<string, string>;
}

export class SecurityEventsDto {
  events: SecurityEventDto[];

  /**
   * Send it as `before` for earlier ones; null when there are none
   * @example '1001'
   */
  next: string | null;
}

/** Who may send a command. */
export class PermissionDto {
  /** @example 'approve-decision' */
  command: string;

  roles: Role[];
}
