import { IsString, MaxLength } from 'class-validator';

export class ReasonDto {
  /**
   * 사유
   * @example '예산이 삭감되어 추진하지 않기로 하였음.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}
