import { ApiProperty } from '@nestjs/swagger';
import type { PersonalField } from '@sajeon/domain';
import { IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { Decimal, MayBeAbsent } from './fields.js';

export class DepositDto {
  /**
   * Pseudonym of the person; one's own unless given. Others' are for administrators
   * @example 'person-demo-suwon'
   */
  @MayBeAbsent()
  @IsString()
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,199}$/u)
  person?: string;

  /** @example '홍길동' */
  @ValidateIf((_, given) => given !== undefined)
  @IsString()
  @MaxLength(200)
  name?: string;

  /** @example '031-228-0000' */
  @ValidateIf((_, given) => given !== undefined)
  @IsString()
  @MaxLength(200)
  phone?: string;

  /** @example 'gildong@example.go.kr' */
  @ValidateIf((_, given) => given !== undefined)
  @IsString()
  @MaxLength(200)
  email?: string;
}

export class LegalBasisDto {
  /**
   * 파기 근거
   * @example '개인정보 보호법 제21조 제1항(보유기간 경과)'
   */
  @IsString()
  @MaxLength(10_000)
  legalBasis: string;
}

class PersonalValueDto {
  @ApiProperty({ format: 'uuid', example: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11' })
  ref: string;

  @ApiProperty({ enum: ['name', 'phone', 'email'], example: 'name' })
  path: PersonalField;

  /** @example '홍길동' */
  value: string;

  /**
   * Base64: with it the value can be checked against the record
   * @example 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='
   */
  salt: string;
}

class ErasureRequestDto {
  /** @example 'person-demo-admin' */
  person: string;

  /** @example '개인정보 보호법 제21조 제1항(보유기간 경과)' */
  legalBasis: string;
}

class HoldDto {
  /** @example '감사 진행 중' */
  reason: string;
}

export class PersonalDataDto {
  /** @example 'person-demo-suwon' */
  person: string;

  values: PersonalValueDto[];

  /** References of what was erased */
  @ApiProperty({ type: [String], example: ['2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b12'] })
  erased: string[];

  /** An erasure that waits for a second person */
  request: ErasureRequestDto | null;

  /** Why nothing may be erased now */
  hold: HoldDto | null;

  @Decimal('2')
  revision: string;

  @Decimal()
  position: string;
}
