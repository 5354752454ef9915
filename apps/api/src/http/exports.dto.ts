import { ApiProperty } from '@nestjs/swagger';
import { EXPORT_KINDS, type ExportKind } from '@sajeon/audit';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent, Sha256, Whole } from './fields.js';

const LEAF = { pattern: '^\\d{1,18}$' };

export class ExportDto {
  @ApiProperty({ enum: EXPORT_KINDS, example: 'cloudevents' })
  @IsIn(EXPORT_KINDS)
  kind: ExportKind;

  /** First leaf; 0 unless given */
  @ApiProperty({ ...LEAF, example: '0' })
  @MayBeAbsent()
  @Matches(/^\d{1,18}$/)
  from?: string;

  /** Leaf before which it ends; the newest checkpoint unless given. Give it to get the same file again */
  @ApiProperty({ ...LEAF, example: '64' })
  @MayBeAbsent()
  @Matches(/^\d{1,18}$/)
  to?: string;

  /** Streams that begin with one of these, separated by commas; all unless given */
  @ApiProperty({ example: 'consultation-,project-' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(500)
  streams?: string;
}

class ExportFilterDto {
  @ApiProperty({ ...LEAF, example: '0' })
  from: string;

  @ApiProperty({ ...LEAF, example: '64' })
  to: string;

  /** @example ['consultation-'] */
  streams: string[];
}

class ExportCountsDto {
  @Whole(64)
  events: number;
}

class ExportedFileDto {
  @Sha256()
  sha256: string;

  @Whole(48_211)
  bytes: number;
}

export class ManifestDto {
  @ApiProperty({ enum: ['sajeon-export@1'], example: 'sajeon-export@1' })
  format: 'sajeon-export@1';

  @ApiProperty({ enum: EXPORT_KINDS, example: 'cloudevents' })
  kind: ExportKind;

  /** @example 'sajeon/4f1c2a' */
  log: string;

  /**
   * The signed checkpoint that covers every leaf of it
   * @example 'sajeon/4f1c2a\n64\nn4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\n\n— sajeon/4f1c2a a2sdLA…\n'
   */
  checkpoint: string;

  filter: ExportFilterDto;
  counts: ExportCountsDto;
  file: ExportedFileDto;
}
