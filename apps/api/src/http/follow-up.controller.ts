import { Body, Controller, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Changing, type Asking } from './asking.js';
import { Cases } from './cases.js';
import {
  AnswerCorrectionDemandDto,
  AnswerRecommendationDto,
  DemandCorrectionDto,
  ExtendConditionDto,
  RecommendImprovementDto,
  SubmitActionPlanDto,
  SubmitActionResultDto,
  VerifyConditionDto,
} from './follow-up.dto.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** After the letter: what the applicant owes, and how the authority sees to it. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class FollowUpController {
  constructor(private readonly cases: Cases) {}

  /** 조치계획 제출: how and by when the condition will be met. */
  @ApiOperation({ operationId: 'submitActionPlan' })
  @Post('conditions/:condition/action-plan')
  async plan(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Body() { actionPlan, completeBy }: SubmitActionPlanDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'submit-action-plan', data: { condition, actionPlan, completeBy } });
  }

  /** 조치결과 제출, with its evidence. */
  @ApiOperation({ operationId: 'submitActionResult' })
  @Post('conditions/:condition/results')
  async report(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Body() body: SubmitActionResultDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const evidence = body.evidence.map(({ text, attachment, requirement }) => ({
      ...{ text, attachment: attachment ?? null },
      ...(requirement == null ? {} : { requirement }),
    }));
    const { result } = body;
    return this.cases.send(id, asking, { type: 'submit-action-result', data: { condition, result, evidence, by, at } });
  }

  /** 이행점검: the result shows that the condition is met. The last condition closes the case. */
  @ApiOperation({ operationId: 'verifyCondition' })
  @Post('conditions/:condition/results/:submission/verification')
  async verify(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Param('submission', ParseIntPipe) submission: number,
    @Body() { remarks }: VerifyConditionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'verify-condition', data: { condition, submission, remarks } });
  }

  /** The result does not show that the condition is met. */
  @ApiOperation({ operationId: 'rejectActionResult' })
  @Post('conditions/:condition/results/:submission/rejection')
  async reject(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Param('submission', ParseIntPipe) submission: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'reject-action-result', data: { condition, submission, reason } });
  }

  /** 이행 기한 연장. */
  @ApiOperation({ operationId: 'extendCondition' })
  @Post('conditions/:condition/extension')
  async extend(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Body() { dueOn, reason }: ExtendConditionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'extend-condition', data: { condition, dueOn, reason } });
  }

  /** 조건 면제안: another person must grant it. */
  @ApiOperation({ operationId: 'proposeWaiver' })
  @Post('conditions/:condition/waiver-proposal')
  async proposeWaiver(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'propose-waiver', data: { condition, reason } });
  }

  /** 조건 면제, by the second person. The last condition closes the case. */
  @ApiOperation({ operationId: 'waiveCondition' })
  @Post('conditions/:condition/waiver')
  async waive(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'waive-condition', data: { condition } });
  }

  /** The second person does not grant the waiver. */
  @ApiOperation({ operationId: 'declineWaiver' })
  @Post('conditions/:condition/waiver-proposal/refusal')
  async declineWaiver(
    @Param('id') id: string,
    @Param('condition', ParseIntPipe) condition: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'decline-waiver', data: { condition, reason } });
  }

  /** 개선권고, where a condition is not met in time or its result did not do. */
  @ApiOperation({ operationId: 'issueImprovementRecommendation' })
  @Post('recommendations')
  async recommend(
    @Param('id') id: string,
    @Body() { condition, text, answerBy }: RecommendImprovementDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const data = { condition, text, answerBy, by, at };
    return this.cases.send(id, asking, { type: 'issue-improvement-recommendation', data });
  }

  /** The applicant answers a recommendation. */
  @ApiOperation({ operationId: 'answerRecommendation' })
  @Post('recommendations/:recommendation/answer')
  async answer(
    @Param('id') id: string,
    @Param('recommendation', ParseIntPipe) recommendation: number,
    @Body() { answer }: AnswerRecommendationDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'answer-recommendation', data: { recommendation, answer } });
  }

  /** 시정요구, where a condition is overdue or its result was rejected. */
  @ApiOperation({ operationId: 'demandCorrection' })
  @Post('correction-demands')
  demand(
    @Param('id') id: string,
    @Body() { condition, text, answerBy }: DemandCorrectionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'demand-correction', data: { condition, text, answerBy } });
  }

  /** 시정계획 제출. */
  @ApiOperation({ operationId: 'answerCorrectionDemand' })
  @Post('correction-demands/:demand/answer')
  remedy(
    @Param('id') id: string,
    @Param('demand', ParseIntPipe) demand: number,
    @Body() { remedy, completeBy }: AnswerCorrectionDemandDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'answer-correction-demand', data: { demand, remedy, completeBy } });
  }
}
