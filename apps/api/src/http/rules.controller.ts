import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { permit, type Principal } from '@sajeon/access';
import { Decisions, NATIONAL_RULES, pastOf, RULE_SET, Rules, ToRuleSet, type Loaded } from '@sajeon/decisions';
import {
  checkRuleTables,
  isLegalDate,
  legalDateOf,
  ruleSetOn,
  rulesOn,
  readRecorded,
  whatCasesWouldChange,
  whatWouldChange,
  type RuleSetCommand,
  type RuleSetState,
  type RuleTables,
  eventsBy,
} from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Creating, Who, type Asking } from './asking.js';
import { momentOf } from './moments.js';
import { NoSuchRecord, notADay } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';
import {
  RecordedVersionDto,
  RulesDto,
  RuleVersionDto,
  RuleVersionsDto,
  SimulateRulesDto,
  SimulationDto,
  WithdrawRulesDto,
} from './rules.dto.js';

/** 규칙: thresholds, exclusions, deadlines, routing and the rest, each with its dates and its source. Changed by commands, never by a release. */
@ApiTags('rules')
@ApiBearerAuth()
@Controller('v1/rule-sets')
export class RulesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
    private readonly store: EventStore,
  ) {}

  /**
   * The rules of a day, today unless asked otherwise, and the versions that stand.
   * @param on a day by the calendar of Seoul (YYYY-MM-DD)
   * @param asOf the rules of that day as the record had them at another moment: a log position, a date (the end of that day in Seoul) or an instant
   */
  @ApiOperation({ operationId: 'showRules' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('on') asked?: string,
    @Query('asOf') asOf?: string,
  ): Promise<RulesDto> {
    if (asked !== undefined && !isLegalDate(asked)) throw notADay('on');
    const on = asked ?? legalDateOf(new Date().toISOString());
    const { state, events } = await this.known(id, asOf);
    const book = rulesOn(state, on);
    const last = events.at(-1);
    if (state === null || book === null || last === undefined) throw new NoSuchRecord();
    void reply.headers({ etag: `"${last.revision}"`, 'x-position': String(last.position) });
    const { id: _, ...content } = book;
    return answer<RulesDto>({
      on,
      ruleSet: ruleSetOn(book, on),
      versions: state.versions.map(({ content: __, ...version }) => version),
      content,
      revision: String(last.revision),
      position: String(last.position),
    });
  }

  /** 채택: the first rules of the installation. */
  @ApiOperation({ operationId: 'adoptRules' })
  @Post()
  adopt(@Body() body: RuleVersionDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const data = { ...versionOf(body), ruleSet: NATIONAL_RULES, by, at };
    return this.send(NATIONAL_RULES, asking, { type: 'adopt-rule-set', data });
  }

  /** 개정: rules that hold from a later day on, or, with a reason, a correction of what was entered wrongly. */
  @ApiOperation({ operationId: 'amendRules' })
  @Post(':id/amendments')
  amend(@Param('id') id: string, @Body() body: RuleVersionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    return this.send(id, asking, { type: 'amend-rule-set', data: { ...versionOf(body), by, at } });
  }

  /** Takes the newest version back before it takes effect. */
  @ApiOperation({ operationId: 'withdrawRules' })
  @Post(':id/withdrawal')
  withdraw(@Param('id') id: string, @Body() body: WithdrawRulesDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { version, reason } = body;
    return this.send(id, asking, { type: 'withdraw-rule-set', data: { version, reason, by, at } });
  }

  /**
   * Every version that was recorded, also those withdrawn, with who recorded it when.
   * @param asOf what was on record at another moment: a log position, a date (the end of that day in Seoul) or an instant
   */
  @ApiOperation({ operationId: 'listRuleVersions' })
  @Get(':id/versions')
  async versions(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('asOf') asOf?: string,
  ): Promise<RuleVersionsDto> {
    const { events } = await this.known(id, asOf);
    const versions = new Map<number, RecordedVersionDto>();
    for (const event of events.map(readRecorded)) {
      if (event.type === 'rule-set-withdrawn') {
        const before = versions.get(event.data.version);
        if (before) versions.set(before.version, { ...before, withdrawnAt: event.data.at, withdrawnBecause: event.data.reason });
      } else if (event.type === 'rule-set-adopted' || event.type === 'rule-set-amended') {
        const { version, effectiveFrom, source, sample, correctionBecause, gapsBecause, by, at } = event.data;
        versions.set(version, {
          ...{ version, effectiveFrom, source, sample, correctionBecause, gapsBecause, by, at },
          ...{ withdrawnAt: null, withdrawnBecause: null },
        });
      }
    }
    const last = events.at(-1);
    if (last === undefined) throw new NoSuchRecord();
    const [revision, position] = [String(last.revision), String(last.position)];
    void reply.headers({ etag: `"${revision}"`, 'x-position': position });
    return answer<RuleVersionsDto>({ versions: [...versions.values()], revision, position });
  }

  /** Tries a draft on every project that has been assessed and every case that was received, and lists what would have gone otherwise. */
  @ApiOperation({ operationId: 'simulateRules' })
  @Post('simulations')
  @HttpCode(200)
  async simulate(@Body() { content, on }: SimulateRulesDto, @Who() principal: Principal): Promise<SimulationDto> {
    // Whoever may change the rules may see what that would do to other agencies' projects.
    permit('amend-rule-set', principal);
    const tables: unknown = content;
    checkRuleTables(tables, '/content');
    const { projects, unassessed, cases } = await pastOf(this.store);
    const [current, calendar] = await Promise.all([this.rules.on(legalDateOf(new Date().toISOString())), this.rules.calendar()]);
    const draft = { id: 'draft', ...tables };
    const project = new Map(projects.map((past) => [past.id, past]));
    const received = new Map(cases.map((past) => [past.id, past]));
    return answer<SimulationDto>({
      judged: projects.length,
      unassessed,
      changes: whatWouldChange(projects, current, draft, on).map(({ id, ...difference }) => ({
        ...{ project: id, title: project.get(id)?.title ?? '', on: project.get(id)?.on ?? on, ...difference },
      })),
      casesJudged: cases.length,
      caseChanges: whatCasesWouldChange(cases, current, draft, on, calendar).map(({ id, ...difference }) => ({
        ...{ consultation: id, title: received.get(id)?.title ?? '', receivedOn: received.get(id)?.receivedOn ?? on },
        ...difference,
      })),
    });
  }

  /** The rule set as it stands, or as it stood: which day is asked about and when it is asked are two different things. */
  private async known(id: string, asOf: string | undefined): Promise<Pick<Loaded<RuleSetState>, 'state' | 'events'>> {
    const now = await this.decisions.load(RULE_SET, id);
    if (asOf === undefined) return now;
    const events = eventsBy(now.events, momentOf(asOf), 'recorded');
    return { events, state: this.decisions.fold(RULE_SET, events) };
  }

  private async send(id: string, { envelope }: Asking, command: RuleSetCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToRuleSet(id, command, envelope)));
  }
}

function versionOf({ effectiveFrom, source, sample, content, correctionBecause, gapsBecause }: RuleVersionDto) {
  return {
    ...{ effectiveFrom, source, sample: sample ?? false },
    ...{ correctionBecause: correctionBecause ?? null, gapsBecause: gapsBecause ?? null },
    // The domain checks every table and names each fault by its pointer.
    content: content as unknown as RuleTables,
  };
}
