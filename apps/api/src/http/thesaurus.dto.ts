import type { ThesaurusConcept } from '@sajeon/domain';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';
import { Decimal, Whole } from './fields.js';

/** Words of one meaning, beside those that ship with the engine. */
export class AddConceptDto {
  /**
   * `x-` and small letters, digits and hyphens
   * @example 'x-jeonse-fraud'
   */
  @IsString()
  @MaxLength(80)
  concept: string;

  /**
   * 같은 뜻의 말, two or more; a word may consist of several with spaces between
   * @example ['전세 사기', '깡통 전세', '임차 보증금 미반환']
   */
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  words: string[];

  /**
   * 근거: where the usage is documented
   * @example '전세사기피해자 지원 및 주거안정에 관한 특별법 제2조'
   */
  @IsString()
  @MaxLength(10_000)
  source: string;
}

export class ConceptDto implements ThesaurusConcept {
  /** @example 'x-jeonse-fraud' */
  id: string;

  /** @example ['전세 사기', '깡통 전세'] */
  words: string[];

  /** @example '전세사기피해자 지원 및 주거안정에 관한 특별법 제2조' */
  source: string;
}

/** The thesaurus as far as administrators extended it. */
export class ThesaurusDto {
  /** How often it has changed: stands in every finding made with it */
  @Whole()
  version: number;

  /**
   * The part that ships with the engine
   * @example 'ko-egov-5'
   */
  shipped: string;

  concepts: ConceptDto[];

  @Decimal()
  position: string;
}
