import { IsString, Matches, MaxLength } from 'class-validator';
import { Whole } from './fields.js';
import { MessageDto } from './problem.dto.js';

export class PlanSheetDto {
  /**
   * An Excel workbook (.xlsx) in base64, as the template gives it
   * @example 'UEsDBBQAAAAIAA=='
   */
  @IsString()
  @Matches(/^[A-Za-z0-9+/]+={0,2}$/)
  @MaxLength(2_000_000)
  xlsx: string;
}

/** An Excel workbook to keep. */
export class WorkbookDto {
  /** @example 'sajeon-plans.xlsx' */
  name: string;

  /**
   * In base64
   * @example 'UEsDBBQAAAAIAA=='
   */
  xlsx: string;
}

/** One thing to mend in a row. */
export class RowProblemDto {
  /**
   * The field of the plan; empty for the whole row
   * @example '/budgetKrw'
   */
  pointer: string;

  /** @example 'budget-invalid' */
  code: string;

  messages: MessageDto;
}

export class PlanSheetRowDto {
  /** Of the sheet, as Excel shows it */
  @Whole(2)
  row: number;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** Empty when the row can be taken over */
  problems: RowProblemDto[];
}

/** What a sheet says. Nothing is recorded by asking. */
export class PlanSheetReportDto {
  /** Plans that can be taken over */
  @Whole(12)
  good: number;

  /** Rows that are to be mended first */
  @Whole(0)
  wrong: number;

  rows: PlanSheetRowDto[];
}

export class PlannedRowDto {
  /** Of the sheet, as Excel shows it */
  @Whole(2)
  row: number;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /**
   * The project that the row became
   * @example 'k3m9q2x7za'
   */
  project: string;
}

export class PlannedSheetDto {
  rows: PlannedRowDto[];
}
