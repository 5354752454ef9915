import { ApiProperty } from '@nestjs/swagger';

/** A 64-bit number as decimal text: JSON has no such numbers. */
const Decimal = (example: string): PropertyDecorator => ApiProperty({ pattern: '^\\d{1,19}$', example });
/** SHA-256 in base64. */
const HASH = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';

export class InclusionProofDto {
  /** Index of the leaf, from 0 */
  @Decimal('41')
  seq: string;

  /** Leaves of the tree that the proof leads to */
  @Decimal('64')
  size: string;

  /** Root of that tree: trust it once it is the root of a signed checkpoint of this size */
  @ApiProperty({ example: HASH })
  root: string;

  @ApiProperty({ example: HASH })
  leafHash: string;

  @ApiProperty({ type: [String], example: [HASH] })
  proof: string[];
}

export class ConsistencyProofDto {
  @Decimal('32')
  from: string;

  @Decimal('64')
  to: string;

  /** Root of the earlier tree: trust it once it is the root of a signed checkpoint of this size */
  @ApiProperty({ example: HASH })
  fromRoot: string;

  /** Root of the later tree, likewise */
  @ApiProperty({ example: HASH })
  toRoot: string;

  @ApiProperty({ type: [String], example: [HASH] })
  proof: string[];
}
