import { ApiProperty } from '@nestjs/swagger';
import type { Enrolment, SecondFactorState } from '@sajeon/identity';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Instant, MayBeAbsent } from './fields.js';

/** One's own second factor. */
export class SecondFactorDto implements SecondFactorState {
  /** Since when codes are asked for; null without an app */
  @Instant()
  enrolledAt: string | null;

  /**
   * Of the ten that were told at the enrolment
   * @example 10
   */
  @ApiProperty({ type: 'integer' })
  recoveryCodesLeft: number;

  /** This installation lets nobody exercise one of one's roles without */
  required: boolean;

  /** False for demonstration users and at the identity provider, which have none here */
  possible: boolean;
}

/** That it is still the same person: the password, and a code where one is enrolled. */
export class StillTheSameDto {
  /** @example 'four unrelated words together' */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  password: string;

  /**
   * Six digits of the app, or a recovery code
   * @example '287082'
   */
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  code?: string;
}

export class ConfirmSecondFactorDto {
  /**
   * Six digits that the app shows now
   * @example '287082'
   */
  @IsString()
  @Matches(/^\d{6}$/)
  code: string;
}

/** For an authenticator app, told once. */
export class EnrolmentDto implements Enrolment {
  /**
   * To type in where there is no camera
   * @example 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
   */
  secret: string;

  /** @example 'otpauth://totp/Sajeon:hong?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sajeon&algorithm=SHA1&digits=6&period=30' */
  uri: string;

  /**
   * The same as a picture to point the telephone at
   * @example '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
   */
  qr: string;
}

/** Each signs in once instead of a code, when the telephone is lost. Told once. */
export class RecoveryCodesDto {
  /** @example ['GEZDGN-BVGY3T-QOJQGE-ZDGNBV'] */
  recoveryCodes: string[];
}
