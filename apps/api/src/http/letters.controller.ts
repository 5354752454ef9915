import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { maySeeCase, partiesOf, type Principal } from '@sajeon/access';
import { AuditLog, NotInLog } from '@sajeon/audit';
import { CONSULTATION, Decisions, LETTER, letterId } from '@sajeon/decisions';
import { numberKey, readRecorded } from '@sajeon/domain';
import { canonicalJson, contentHash, type RecordedEvent } from '@sajeon/event-store';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { Who } from './asking.js';
import { Instant, Sha256 } from './fields.js';
import { letterPage } from './letter-page.js';
import { HttpProblem, NoSuchRecord } from './problem.js';

export class LetterNotSealedYet extends HttpProblem {
  constructor() {
    const ko = '결과 통보가 아직 봉인되지 않았습니다. 잠시 뒤 다시 받으십시오.';
    const en = 'The letter is not sealed yet. Ask again in a moment.';
    super(503, 'not-sealed-yet', { ko, en }, [], { 'retry-after': '2' });
  }
}

export class LetterNumberDto {
  /** 문서번호, as the letter has it */
  @ApiProperty({ minLength: 1, maxLength: 200, example: '디지털정책담당관-1234' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  number: string;
}

export class LetterProofDto {
  /** @example '디지털정책담당관-1234' */
  documentNumber: string;

  /** @example 'k3m9q2x7za' */
  consultation: string;

  @Instant()
  notifiedAt: string;

  /** Id of the event by which the letter went out */
  @ApiProperty({ format: 'uuid', example: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11' })
  event: string;

  /** Of what the letter says: `data` in what the proof's leaf is made of */
  @Sha256()
  contentHash: string;

  /**
   * A C2SP tlog-proof: the same that the QR code of the letter holds
   * @example 'c2sp.org/tlog-proof@v1\nextra …\nindex 41\n…'
   */
  proof: string;
}

/** Letters that prove themselves: whoever holds one is a witness of the record. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1')
export class LettersController {
  constructor(
    private readonly decisions: Decisions,
    private readonly log: AuditLog,
  ) {}

  /** 검토결과 통보서: the newest letter of the case for print on A4, with its proof against a signed checkpoint as a QR code. */
  @ApiOperation({ operationId: 'printLetter' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>…' } })
  @Get('consultations/:id/letter')
  @Header('Content-Type', 'text/html; charset=utf-8')
  async letter(@Param('id') id: string, @Who() principal: Principal): Promise<string> {
    const { sent, state } = await this.sent(id, principal);
    return letterPage(state, sent, await this.proofOf(sent), canonicalJson(sent.data));
  }

  /** Finds a letter by its number, for whoever may see the case, and proves that it went out. */
  @ApiOperation({ operationId: 'verifyLetter' })
  @Get('letters/verification')
  async verify(@Query() { number }: LetterNumberDto, @Who() principal: Principal): Promise<LetterProofDto> {
    const { state } = await this.decisions.load(LETTER, letterId(number));
    const consultation = state?.consultation ?? null;
    // Of a letter from before this register there is nothing but its number.
    if (consultation === null) throw new NoSuchRecord();
    const { sent } = await this.sent(consultation, principal, number);
    const event = readRecorded(sent);
    if (event.type !== 'result-notified') throw new NoSuchRecord();
    return {
      documentNumber: event.data.documentNumber,
      consultation,
      notifiedAt: event.data.at,
      event: sent.id,
      contentHash: contentHash(sent.data),
      proof: await this.proofOf(sent),
    };
  }

  /** The event by which the letter went out: the newest, or the one of this number. */
  private async sent(id: string, principal: Principal, number?: string) {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null || !maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord();
    const sent = events.findLast(({ type, data }) => {
      if (type !== 'result-notified') return false;
      return number === undefined || numberKey(String(data['documentNumber'])) === numberKey(number);
    });
    if (sent === undefined) throw new NoSuchRecord();
    return { sent, state };
  }

  private async proofOf(sent: RecordedEvent): Promise<string> {
    try {
      return await this.log.receiptProof(sent.id);
    } catch (error) {
      if (error instanceof NotInLog) throw new LetterNotSealedYet();
      throw error;
    }
  }
}
