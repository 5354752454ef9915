import { ApiProperty } from '@nestjs/swagger';
import type { Message } from '@sajeon/domain';
import { Decimal } from './fields.js';

/** The same in both languages of the service. */
export class MessageDto implements Message {
  /** @example '1자 이상 적으십시오.' */
  ko: string;

  /** @example 'Write at least 1 character.' */
  en: string;
}

/** One wrong field. */
export class FieldProblemDto {
  /**
   * JSON pointer into the body, or the name of a header or parameter
   * @example '/plan/title'
   */
  pointer: string;

  /**
   * The rule it breaks; stable
   * @example 'too-short'
   */
  code: string;

  /**
   * What to do, in the language of the answer
   * @example '1자 이상 적으십시오.'
   */
  detail: string;

  messages: MessageDto;

  /**
   * What could be sent instead, such as the text with a phone number masked
   * @example '담당 010-****-5678'
   */
  proposal?: string;
}

/** RFC 9457: why the request was refused and what to do about it. */
export class ProblemDto {
  /** @example 'urn:sajeon:problem:invalid-request' */
  type: string;

  /**
   * The rule that refuses; stable
   * @example 'invalid-request'
   */
  @ApiProperty({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
  code: string;

  /** The HTTP status */
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 400 })
  status: number;

  /**
   * In the language of the answer
   * @example '요청에 고칠 곳이 1군데 있습니다.'
   */
  title: string;

  messages: MessageDto;

  /**
   * What was asked for
   * @example '/v1/projects'
   */
  instance: string;

  /**
   * For whoever looks it up in the log of the service
   * @example '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11'
   */
  requestId: string;

  /** Field by field, where fields are wrong */
  errors?: FieldProblemDto[];

  /** With 412: the revision that stands now */
  @Decimal('4')
  currentRevision?: string;
}
