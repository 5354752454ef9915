import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog, NotInLog } from '@sajeon/audit';
import { CONSULTATION, Decisions, LETTER, letterId } from '@sajeon/decisions';
import { legalDateOf, masked, numberKey, readRecorded } from '@sajeon/domain';
import { contentHash } from '@sajeon/event-store';
import { ListPublicDecisions } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { LetterNotSealedYet, LetterNumberDto } from './letters.controller.js';
import { Lists, pageBody } from './lists.js';
import { NoSuchRecord } from './problem.js';
import { PublicDecisionPageDto, PublicDecisionsDto, VerifiedLetterDto } from './public-register.dto.js';

/** What anybody may know without signing in: decisions that have been notified, without anybody's name. */
@ApiTags('public')
@Controller('v1/public')
export class PublicRegisterController {
  constructor(
    private readonly lists: Lists,
    private readonly decisions: Decisions,
    private readonly log: AuditLog,
  ) {}

  /** 공개 대장: what the letters told, the newest first. What looks like a person's number or address is masked. */
  @ApiOperation({ operationId: 'listPublicDecisions' })
  @Get('decisions')
  async register(
    @Query() request: PublicDecisionsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicDecisionPageDto> {
    return answer(pageBody(await this.lists.page('public-register', new ListPublicDecisions(request), undefined, reply)));
  }

  /** 문서번호 진위 확인: whether a letter of this number went out, what it decided, and the proof that it is on the record. */
  @ApiOperation({ operationId: 'verifyPublicLetter' })
  @Get('letters/verification')
  async verify(@Query() { number }: LetterNumberDto): Promise<VerifiedLetterDto> {
    const { state: reserved } = await this.decisions.load(LETTER, letterId(number));
    const consultation = reserved?.consultation ?? null;
    // Of a letter from before this register there is nothing but its number.
    if (consultation === null) throw new NoSuchRecord();
    const { state, events } = await this.decisions.load(CONSULTATION, consultation);
    const place = events.findLastIndex(
      ({ type, data }) => type === 'result-notified' && numberKey(String(data['documentNumber'])) === numberKey(number),
    );
    const sent = events[place];
    // As it stood when the letter went out: the plan may have changed since.
    const then = this.decisions.fold(CONSULTATION, events.slice(0, place + 1));
    // A number may be reserved for a letter that never went out.
    const event = sent === undefined ? undefined : readRecorded(sent);
    if (state === null || then === null || sent === undefined || event?.type !== 'result-notified') throw new NoSuchRecord();
    const { documentNumber, outcome, at } = event.data;
    return {
      ...{ documentNumber, outcome, notifiedOn: legalDateOf(at) },
      standing: state.documentNumber !== null && numberKey(state.documentNumber) === numberKey(documentNumber),
      title: masked(then.plan.content.title),
      applicantName: then.applicant.name,
      authorityName: then.authority.name,
      event: sent.id,
      contentHash: contentHash(sent.data),
      proof: await this.proofOf(sent.id),
    };
  }

  private async proofOf(event: string): Promise<string> {
    try {
      return await this.log.receiptProof(event);
    } catch (error) {
      if (error instanceof NotInLog) throw new LetterNotSealedYet();
      throw error;
    }
  }
}
