import { Body, Controller, Get, Param, ParseIntPipe, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, planVersion, Rules } from '@sajeon/decisions';
import { comparePlace, comparePlans, type RequestType } from '@sajeon/domain';
import { replayCase } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Who, type Asking } from './asking.js';
import { Cases } from './cases.js';
import { contentOf } from './plan.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import { ExtendResponseDto, RecordMeetingDto, RemarksDto, RequestCorrectionDto, RespondDto, RoundDto } from './requests.dto.js';

/** What passes between the reviewer and the applicant while the review goes on. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class RequestsController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /** 보완·시정·소명요청: numbered items, one open round at a time. The clock stops until the answer. */
  @ApiOperation({ operationId: 'requestCorrection' })
  @Post('correction-requests')
  async request(@Param('id') id: string, @Body() body: RequestCorrectionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const the = await this.cases.visible(id, asking);
    const { by, at } = asking;
    const items = body.items.map(({ pointer, text, kind, quote, because }) => ({
      ...{ pointer, text, kind: kind ?? ('correction' as const) },
      ...(quote === undefined ? {} : { quote }),
      ...(because === undefined ? {} : { because }),
    }));
    const respondBy = body.respondBy ?? (await this.respondBy(id, [...new Set(items.map(({ kind }) => kind))], at));
    const version = body.planVersion ?? the.plan.version;
    return this.cases.send(id, asking, {
      type: 'request-correction',
      data: { items, respondBy, planVersion: version, by, at },
    });
  }

  /** 신구대조: one round, each item beside its answer and the words of its place before and after. */
  @ApiOperation({ operationId: 'showRound' })
  @Get('correction-requests/:round')
  async show(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoundDto> {
    await this.cases.visible(id, { principal });
    const { events } = await this.decisions.load(CONSULTATION, id);
    const shown = replayCase(events);
    const asked = shown?.document.corrections.find((other) => other.round === round);
    if (shown === null || asked === undefined) throw new NoSuchRecord();
    const { document, revision, position } = shown;
    const plans = [...document.earlierPlans, { ...document.plan, brought: document.planBrought }];
    const planOf = (version: number) => plans.find((plan) => plan.version === version)?.content ?? document.plan.content;
    // Requests that did not say it meant the plan of that moment.
    const planVersionRead = asked.planVersion ?? versionAt(plans, document.corrections, round);
    const before = planOf(planVersionRead);
    const answeredInVersion = asked.responded?.planVersion ?? null;
    const after = answeredInVersion === null ? null : planOf(answeredInVersion);
    void reply.headers({ etag: `"${revision}"`, 'x-position': position });
    return answer<RoundDto>({
      ...{ round, respondBy: asked.respondBy, planVersion: planVersionRead, answeredInVersion },
      items: asked.items.map((item) => ({
        ...item,
        kind: item.kind ?? 'correction',
        comparison: after === null ? null : comparePlace(before, after, item.pointer),
      })),
      differences: after === null ? [] : comparePlans(before, after),
      ...{ revision, position },
    });
  }

  /** 보완 제출: an answer to every item, with the plan as it now reads. */
  @ApiOperation({ operationId: 'respondToCorrection' })
  @Post('correction-requests/:round/response')
  async respond(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() body: RespondDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const the = await this.cases.visible(id, asking);
    const { by, at } = asking;
    const answers = body.answers.map(({ number, answer: words }) => ({ number, answer: words }));
    const revised = body.plan === undefined ? the.plan : planVersion(the.plan.version + 1, contentOf(body.plan));
    const plan = revised.hash === the.plan.hash ? the.plan : revised;
    return this.cases.send(id, asking, { type: 'respond-to-correction', data: { round, answers, plan, by, at } });
  }

  /** The answer settles what was asked. */
  @ApiOperation({ operationId: 'acceptResponse' })
  @Post('correction-requests/:round/acceptance')
  async accept(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { remarks }: RemarksDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'accept-response', data: { round, remarks } });
  }

  /** The answer does not settle it. The clock goes on: what is still missing takes a new round. */
  @ApiOperation({ operationId: 'rejectResponse' })
  @Post('correction-requests/:round/rejection')
  async reject(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'reject-response', data: { round, reason } });
  }

  /** 보완기간 연장 신청: the applicant asks for a later day. */
  @ApiOperation({ operationId: 'requestResponseExtension' })
  @Post('correction-requests/:round/extension-request')
  async askForTime(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { respondBy, reason }: ExtendResponseDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'request-response-extension', data: { round, respondBy, reason } });
  }

  /** The reviewer gives a later day to answer, asked or not. */
  @ApiOperation({ operationId: 'extendResponse' })
  @Post('correction-requests/:round/extension')
  async extend(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { respondBy, reason }: ExtendResponseDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'extend-response', data: { round, respondBy, reason } });
  }

  /** The reviewer does not give more time than was given. */
  @ApiOperation({ operationId: 'declineResponseExtension' })
  @Post('correction-requests/:round/extension-refusal')
  async decline(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'decline-response-extension', data: { round, reason } });
  }

  /** 독촉: reminds the applicant of the open round, once a day at most. */
  @ApiOperation({ operationId: 'remindApplicant' })
  @Post('correction-requests/:round/reminder')
  async remind(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'remind-applicant', data: { round } });
  }

  /** Goes on with what is on file once the day to answer has passed: the round is closed and the clock runs. */
  @ApiOperation({ operationId: 'proceedOnFile' })
  @Post('correction-requests/:round/on-file')
  async proceed(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'proceed-on-file', data: { round, reason } });
  }

  /** 대면회의: what was talked about with the applicant. */
  @ApiOperation({ operationId: 'recordMeeting' })
  @Post('meetings')
  async meet(
    @Param('id') id: string,
    @Body() { heldOn, minutes }: RecordMeetingDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'record-meeting', data: { heldOn, minutes } });
  }

  private async respondBy(id: string, kinds: readonly RequestType[], at: string): Promise<string> {
    return (await this.rules.termsOfRequest(await this.cases.received(id), kinds, at)).respondBy;
  }
}

/** The version that stood when a round went out: the one that came with the newest answer before it, or else the one that was filed. */
function versionAt(
  plans: readonly { readonly version: number; readonly brought: { readonly at: string } }[],
  rounds: readonly { readonly round: number; readonly requested: { readonly at: string } }[],
  round: number,
): number {
  const asked = rounds.find((other) => other.round === round)?.requested.at ?? '';
  const before = plans.filter(({ brought }) => brought.at <= asked);
  return before.at(-1)?.version ?? plans[0]?.version ?? 1;
}
