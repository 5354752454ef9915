import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isLegalDate } from '@sajeon/domain';
import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';

/** A 64-bit number as decimal text: as a JSON number it would be rounded. */
export const Decimal = (example = '42'): PropertyDecorator => ApiProperty({ pattern: '^\\d{1,19}$', example });

/** A moment, RFC 3339. */
export const Instant = (example = '2026-11-16T01:00:00.000Z'): PropertyDecorator => ApiProperty({ format: 'date-time', example });

/** A day by the calendar of Seoul, from which legal terms are counted. */
export const LegalDate = (example = '2026-12-14'): PropertyDecorator => ApiProperty({ format: 'date', example });

export const Whole = (example = 1): PropertyDecorator => ApiProperty({ type: 'integer', minimum: 0, example });

/** A probability, score or similarity. */
export const Share = (example = 0.87): PropertyDecorator => ApiProperty({ minimum: 0, maximum: 1, example });

/** SHA-256 in hexadecimal. */
export const Sha256 = (): PropertyDecorator =>
  ApiProperty({ pattern: '^[0-9a-f]{64}$', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' });

/** Text without control characters, which no database column takes. For what no decider checks: deciders check their own text. */
export const PlainText = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPlainText',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && !/\p{Cc}/u.test(value),
      defaultMessage: () => 'Remove the control character.',
    },
  });

/** An object of this class. `ValidateNested` alone takes a list too, and looks for fields in what is in it: in an empty one it misses nothing. */
export const An = (type: () => new () => object): PropertyDecorator => applyDecorators(IsObject(), ValidateNested(), Type(type));

/** A list of such objects. */
export const EachAn = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(IsObject({ each: true }), ValidateNested({ each: true }), Type(type));

/** Left out, or valid. `IsOptional` passes null as well: it is for fields whose type has null in it. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** YYYY-MM-DD, and a day that there is: 2026-02-30 has the form of one and is none. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isLegalDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isLegalDate(value),
      defaultMessage: () => 'Give a day that there is, as YYYY-MM-DD.',
    },
  });
