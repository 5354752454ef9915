import { ApiProperty } from '@nestjs/swagger';
import type { Delivery, DeliveryState, Subscription } from '@sajeon/webhooks';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Decimal, Instant, MayBeAbsent } from './fields.js';

const POSITION = /^[1-9]\d{0,17}$/;
const STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead'];

export class MakeWebhookDto {
  /**
   * Where to: https, a public name. Redirects are not followed
   * @example 'https://hooks.example.go.kr/sajeon'
   */
  @IsString()
  @MinLength(1)
  @MaxLength(1_000)
  url: string;

  /**
   * Types of events; every type when empty or absent
   * @example ['consultation-received', 'result-notified']
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Matches(/^[a-z-]{1,60}$/, { each: true })
  types?: string[];

  /**
   * What it is for
   * @example '전자결재 연계'
   */
  @IsString()
  @MaxLength(200)
  note: string;
}

/** What a receiver checks messages with, told once. */
export class WebhookSecretDto {
  /** @example 'a1b2c3d4e5f60718' */
  id: string;

  /**
   * `webhook-signature` is `v1,` and HMAC-SHA256 by this (base64 after `whsec_`) over `webhook-id.webhook-timestamp.body`, as Standard
   * Webhooks writes it; it is never told again
   * @example 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
   */
  secret: string;
}

/** A subscription without its secrets. */
export class WebhookDto implements Subscription {
  /** @example 'a1b2c3d4e5f60718' */
  id: string;

  /** @example 'gyeonggi' */
  agency: string;

  /** @example 'https://hooks.example.go.kr/sajeon' */
  url: string;

  /** @example ['result-notified'] */
  types: string[];

  /** @example '전자결재 연계' */
  note: string;

  /** @example 'person-demo-admin' */
  createdBy: string;

  @Instant()
  createdAt: string;

  @Instant()
  endedAt: string | null;

  /** Until when the former secret signs too */
  @Instant()
  formerSecretUntil: string | null;

  /** Messages not yet delivered */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  waiting: number;

  /** Messages that were given up */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  dead: number;
}

export class ListDeliveriesDto {
  /**
   * Id of the subscription
   * @example 'a1b2c3d4e5f60718'
   */
  @IsString()
  @Matches(/^[0-9a-f]{16}$/)
  webhook: string;

  /** `dead` lists what was given up */
  @ApiProperty({ required: false, enum: ['waiting', 'delivered', 'dead'], example: 'dead' })
  @MayBeAbsent()
  @IsIn(STATES)
  state?: DeliveryState;

  /** `next` of the page before */
  @ApiProperty({ required: false, pattern: '^[1-9]\\d{0,17}$', example: '1001' })
  @MayBeAbsent()
  @IsString()
  @Matches(POSITION)
  before?: string;

  @ApiProperty({ required: false, type: 'integer', default: 50, minimum: 1, maximum: 200, example: 20 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class DeliveryDto implements Delivery {
  /** Of the event in the log */
  @Decimal()
  position: string;

  /** Id of the event, and of the message */
  @ApiProperty({ format: 'uuid', example: '6f9619ff-8b86-d011-b42d-00c04fc964ff' })
  event: string;

  /** @example 'result-notified' */
  type: string;

  /** @example 'k3m9q2x7za' */
  consultation: string;

  @ApiProperty({ enum: ['waiting', 'delivered', 'dead'], example: 'dead' })
  state: DeliveryState;

  @ApiProperty({ type: 'integer', minimum: 0, example: 9 })
  attempts: number;

  /** The next attempt, while it waits */
  @Instant()
  nextAt: string | null;

  @Instant()
  triedAt: string | null;

  /**
   * Status of the last answer, or why there was none
   * @example '503'
   */
  outcome: string | null;
}

export class DeliveriesDto {
  deliveries: DeliveryDto[];

  /** Send it as `before` for the page after this; null at the end */
  @ApiProperty({ type: 'string', nullable: true, pattern: '^\\d{1,19}$', example: '1001' })
  next: string | null;
}

export class ReplayDto {
  /** First position of the log to send again */
  @ApiProperty({ pattern: '^[1-9]\\d{0,17}$', example: '1001' })
  @IsString()
  @Matches(POSITION)
  from: string;

  /** Last one; up to the newest when absent */
  @ApiProperty({ required: false, pattern: '^[1-9]\\d{0,17}$', example: '2000' })
  @MayBeAbsent()
  @IsString()
  @Matches(POSITION)
  until?: string;
}

export class ReplayedDto {
  /** Messages put back, 10,000 at most */
  @ApiProperty({ type: 'integer', minimum: 0, example: 3 })
  queued: number;

  /** As far as the log was looked through: go on after it if that is not as far as was asked */
  @Decimal()
  until: string;
}
