import { ApiProperty } from '@nestjs/swagger';
import type {
  Evidence as RecordedEvidence,
  Facet,
  OverlapCandidate,
  OverlapRelation,
  Passage,
  ReuseSuggestion,
} from '@sajeon/domain';
import type {
  Candidate,
  Channel,
  Evidence,
  LevelRelation,
  Match,
  OverlapFinding,
  ReasonCode,
  RegionRelation,
} from '@sajeon/overlap';
import type { Dropped } from '@sajeon/workflow';
import { Decimal, Share, Whole } from './fields.js';

/** A passage of one side: `start` and `end` count UTF-16 units in the string that `field` and `index` name. */
export class PassageDto implements Passage {
  /** @example 'functions' */
  field: string;

  /** Place in a list, from 0; 0 for a single string */
  @Whole(0)
  index: number;

  @Whole(0)
  start: number;

  @Whole(6)
  end: number;

  /** @example '온라인 예약' */
  quote: string;
}

/** Two words that agree: the same word, two words of one meaning, or two that go together. */
export class MatchDto implements Match {
  kind: 'same' | 'synonym' | 'related';

  /** @example '예약' */
  plan: string;

  /** @example '대관' */
  candidate: string;
}

abstract class QuotedEvidenceDto implements RecordedEvidence {
  facet: Facet;

  @Share()
  score: number;

  plan: PassageDto;

  candidate: PassageDto;

  /**
   * What both sides share, in order of weight
   * @example ['온라인', '예약']
   */
  terms: string[];
}

/** One reason why a candidate is shown, quoted from both sides. */
export class EvidenceDto extends QuotedEvidenceDto implements Evidence {
  /** The terms with their counterparts, in the same order */
  matches: MatchDto[];
}

/** One reason why a candidate was shown, quoted from both sides. */
export class RecordedEvidenceDto extends QuotedEvidenceDto {
  /** The terms with their counterparts, in the same order; earlier engines recorded none */
  matches?: MatchDto[];
}

/** Similarity by facet; one that neither side speaks of is absent. */
export class FacetsDto implements Partial<Record<Facet, number>> {
  @Share()
  title?: number;

  @Share()
  purpose?: number;

  @Share()
  function?: number;

  @Share()
  data?: number;

  @Share()
  users?: number;

  @Share()
  text?: number;
}

export class RelationGroundDto {
  /** @example 'CANDIDATE_IS_COMMON' */
  ground: string;

  /**
   * The words that say so
   * @example '누구나'
   */
  quote?: string;
}

/** A proposal for the person who settles the candidate, never a verdict. */
export class RelationSuggestionDto {
  relation: OverlapRelation;

  because: RelationGroundDto[];
}

/** Whole won */
export class SavingRangeDto {
  @Whole(40_000_000)
  lowKrw: number;

  @Whole(90_000_000)
  highKrw: number;
}

/** Something that the plan may overlap with. */
export abstract class OverlapCandidateDto implements Omit<OverlapCandidate, 'evidence'> {
  /**
   * Of a system, or of the consultation that filed a plan
   * @example 'egov-001'
   */
  id: string;

  /** An existing system, or the pending plan of another agency */
  kind: 'system' | 'plan';

  /** @example '공유누리' */
  name: string;

  /**
   * Owner, by name
   * @example '행정안전부'
   */
  agency: string;

  /** Calibrated by the engine: a suggestion, never a verdict */
  @Share()
  probability: number;

  /** At or above the threshold: a person must settle it before a decision */
  flagged: boolean;

  facets: FacetsDto;

  /** What the two may be to each other; absent when there is too little to propose anything */
  relation?: RelationSuggestionDto;

  /**
   * Best agreement of each of the plan's functions, in the plan's order; absent when it names none
   * @example [0.91, 0.12]
   */
  functionAgreement?: number[];

  /** How many more records read the same and are shown after others; absent when none does */
  @Whole(12)
  alike?: number;

  /** By a learned model where one is in use; never part of the probability */
  @Share(0.71)
  closeness?: number;
}

/** Functions of the plan that an existing system has already. */
export class ReuseSuggestionDto implements ReuseSuggestion {
  /** @example 'egov-001' */
  candidate: string;

  /**
   * Their places in the plan's list, from 0
   * @example [1, 2]
   */
  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0 }, example: [1, 2] })
  functions: number[];

  /** How many functions the plan has */
  @Whole(5)
  of: number;

  /** From the plan's own cost lines; null: unknown, because it has none for these functions */
  saving: SavingRangeDto | null;
}

export class SelfCheckCandidateDto extends OverlapCandidateDto implements Omit<Candidate, 'relation'> {
  evidence: EvidenceDto[];

  /** What was noticed about the pair, in stable codes */
  reasons: ReasonCode[];

  /** Share of the shorter side's wording that the other repeats word by word */
  @Share(0.12)
  copied: number;
}

/** The ranking, and everything needed to compute it again. */
export class SelfCheckAnswerDto implements Omit<OverlapFinding, 'candidates'> {
  /** Versions of everything that the result depends on besides the plan and the inventory */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { engine: '1', analyzer: 'garu-ko' } })
  engine: Record<string, string>;

  /** Log position up to which the inventory was considered */
  @Decimal()
  inventoryPosition: string;

  /** Records compared */
  @Whole(412)
  compared: number;

  @Share(0.5)
  threshold: number;

  /** False when the plan says too little to be judged */
  judgeable: boolean;

  /** Best first */
  candidates: SelfCheckCandidateDto[];

  /** What could be used from elsewhere; absent when nothing can */
  reuse?: ReuseSuggestionDto[];
}

/** What would be found if one function were not in the plan. */
export class DroppedDto implements Dropped {
  /** Its place in the plan's list, from 0 */
  @Whole(0)
  function: number;

  /** Of the likeliest candidate that is left */
  @Share()
  probability: number;

  /**
   * Candidates that would still be flagged
   * @example ['egov-001']
   */
  flagged: string[];
}

export class WhatIfDto {
  /** For each function of the plan, in its order */
  functions: DroppedDto[];
}

/** What one signal added to the log-odds of a duplicate. */
export class SignalDto {
  /** @example 'functions' */
  signal: string;

  @ApiProperty({ example: 0.62 })
  value: number;

  @ApiProperty({ example: 1.35 })
  logOdds: number;
}

const Table = (): PropertyDecorator =>
  ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 } },
    example: [[0.83, 0]],
  });

/** Central, metropolitan, local, public or joint; null where nothing says so. */
export class ComparedLevelDto {
  @ApiProperty({ type: String, nullable: true, example: 'local' })
  plan: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'central' })
  candidate: string | null;

  /** `CANDIDATE_ABOVE`: of a wider government; `OTHER`: neither above nor below */
  @ApiProperty({
    enum: ['SAME_AGENCY', 'SAME_LEVEL', 'CANDIDATE_ABOVE', 'CANDIDATE_BELOW', 'OTHER', 'UNKNOWN'],
    example: 'CANDIDATE_ABOVE',
  })
  relation: LevelRelation;
}

/** By the names of the agencies; null where they name no place. */
export class ComparedRegionDto {
  @ApiProperty({ type: String, nullable: true, example: '경기 수원시' })
  plan: string | null;

  @ApiProperty({ type: String, nullable: true, example: '경기 성남시' })
  candidate: string | null;

  /** `NATIONWIDE`: one side is of the whole country */
  @ApiProperty({ enum: ['SAME_PLACE', 'SAME_PROVINCE', 'DIFFERENT', 'NATIONWIDE', 'UNKNOWN'], example: 'SAME_PROVINCE' })
  relation: RegionRelation;
}

const Channels = (): PropertyDecorator =>
  ApiProperty({ isArray: true, enum: ['APP', 'CHATBOT', 'COUNTER', 'KIOSK', 'MESSAGE', 'PHONE', 'WEB'], example: ['WEB'] });

/** The ways in which people reach it, as the texts say. */
export class ComparedChannelsDto {
  @Channels()
  plan: readonly Channel[];

  @Channels()
  candidate: readonly Channel[];

  @Channels()
  both: readonly Channel[];
}

/** Whole won; null where it is not known. The inventory holds no budgets, pending plans do. */
export class ComparedBudgetDto {
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, example: 780000000 })
  planKrw: number | null;

  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, example: 350000000 })
  candidateKrw: number | null;
}

/** A plan beside one candidate: every function with every function, every data with every data. */
export class ComparisonDto {
  /** @example 'egov-001' */
  candidate: string;

  /** @example '공유누리' */
  name: string;

  /**
   * Rows of `functions`
   * @example ['온라인 예약']
   */
  planFunctions: string[];

  /**
   * Columns of `functions`
   * @example ['공공자원 예약', '결제']
   */
  candidateFunctions: string[];

  /** Agreement, 0…1 */
  @Table()
  functions: number[][];

  /** @example ['예약 내역'] */
  planData: string[];

  /** @example ['예약 내역', '결제 내역'] */
  candidateData: string[];

  @Table()
  data: number[][];

  /** This and the next three stand beside the comparison and are no part of the probability */
  level: ComparedLevelDto;

  region: ComparedRegionDto;

  channels: ComparedChannelsDto;

  budget: ComparedBudgetDto;

  /** By the engine as it is now, which may be a later one than screened the plan */
  @Share()
  probability: number;

  /** Largest first */
  signals: SignalDto[];

  /** The log-odds of a pair of which nothing is known */
  @ApiProperty({ example: -4.1 })
  bias: number;

  /** Log position up to which the inventory was considered */
  @Decimal()
  inventoryPosition: string;
}
