import { eventsBy } from '@sajeon/domain';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Decisions, THESAURUS, ToThesaurus } from '@sajeon/decisions';
import type { ThesaurusCommand } from '@sajeon/domain';
import { THESAURUS_ID } from '@sajeon/overlap';
import { NATIONAL_THESAURUS } from '@sajeon/workflow';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Creating, type Asking } from './asking.js';
import { momentOf } from './moments.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import { AddConceptDto, ThesaurusDto } from './thesaurus.dto.js';

/** 동의어 사전: words that the comparison takes for the same. A change counts for screenings after it; findings before it stay reproducible. */
@ApiTags('thesaurus')
@ApiBearerAuth()
@Controller('v1/thesaurus')
export class ThesaurusController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
  ) {}

  /**
   * What administrators added.
   * @param asOf as it stood then: a log position, a date (the end of that day in Seoul) or an instant (RFC 3339)
   */
  @ApiOperation({ operationId: 'showThesaurus' })
  @Get()
  async show(@Res({ passthrough: true }) reply: FastifyReply, @Query('asOf') asOf?: string): Promise<ThesaurusDto> {
    const { events } = await this.decisions.load(THESAURUS, NATIONAL_THESAURUS);
    const standing = asOf === undefined ? events : eventsBy(events, momentOf(asOf), 'recorded');
    const { version, concepts } = this.decisions.fold(THESAURUS, standing);
    const last = standing.at(-1);
    const position = String(last?.position ?? 0n);
    void reply.headers({ etag: `"${last?.revision ?? 0}"`, 'x-position': position });
    return answer<ThesaurusDto>({ version, shipped: THESAURUS_ID, concepts, position });
  }

  /** 동의어 등록: names all words of the concept; the same again changes nothing. */
  @ApiOperation({ operationId: 'addConcept' })
  @Post('concepts')
  add(@Body() { concept, words, source }: AddConceptDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    return this.send(asking, { type: 'add-concept', data: { concept, words, source, by, at } });
  }

  /** 동의어 철회: the words no longer count as one. Findings made with them stay as they are. */
  @ApiOperation({ operationId: 'withdrawConcept' })
  @Post('concepts/:concept/withdrawal')
  withdraw(@Param('concept') concept: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    return this.send(asking, { type: 'withdraw-concept', data: { concept, reason, by, at } });
  }

  private async send({ envelope }: Asking, command: ThesaurusCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(NATIONAL_THESAURUS, await this.commands.execute(new ToThesaurus(NATIONAL_THESAURUS, command, envelope)));
  }
}
