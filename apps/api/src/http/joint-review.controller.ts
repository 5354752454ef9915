import { Body, Controller, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Routing } from '@sajeon/decisions';
import { Changing, type Asking } from './asking.js';
import { Cases } from './cases.js';
import {
  AdjustTasksDto,
  CloseJointReviewDto,
  OpenJointReviewDto,
  StateDifferenceDto,
  SubmitOwnerOpinionDto,
} from './joint-review.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** What the agencies concerned say about an overlap before the authority decides. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class JointReviewController {
  constructor(
    private readonly cases: Cases,
    private readonly routing: Routing,
  ) {}

  /** 공동검토 개시: asks the owner of a candidate, which from then on sees the case until the review is closed. */
  @ApiOperation({ operationId: 'openJointReview' })
  @Post('joint-reviews')
  async open(
    @Param('id') id: string,
    @Body() { candidate, owner, dueOn }: OpenJointReviewDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { id: agency, name, tier } = await this.routing.agency(owner, '/owner');
    const data = { candidate, owner: { id: agency, name, tier }, dueOn, by: asking.by, at: asking.at };
    return this.cases.send(id, asking, { type: 'open-joint-review', data });
  }

  /** The owner says whether its system can be reused or linked, and on which terms. */
  @ApiOperation({ operationId: 'submitOwnerOpinion' })
  @Post('joint-reviews/:review/opinion')
  async opinion(
    @Param('id') id: string,
    @Param('review', ParseIntPipe) review: number,
    @Body() { opinion, terms }: SubmitOwnerOpinionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'submit-owner-opinion', data: { review, opinion, terms } });
  }

  /** 중복과업 조정안: by the applicant or the owner. */
  @ApiOperation({ operationId: 'proposeTaskAdjustment' })
  @Post('joint-reviews/:review/adjustment')
  async propose(
    @Param('id') id: string,
    @Param('review', ParseIntPipe) review: number,
    @Body() { adjustment }: AdjustTasksDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'propose-task-adjustment', data: { review, adjustment } });
  }

  /** The other side agrees to the adjustment, repeating its text. */
  @ApiOperation({ operationId: 'agreeTaskAdjustment' })
  @Post('joint-reviews/:review/adjustment/agreement')
  async agree(
    @Param('id') id: string,
    @Param('review', ParseIntPipe) review: number,
    @Body() { adjustment }: AdjustTasksDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'agree-task-adjustment', data: { review, adjustment } });
  }

  /** Closes the joint review: with or without agreement, or with silence once the due date has passed. */
  @ApiOperation({ operationId: 'closeJointReview' })
  @Post('joint-reviews/:review/conclusion')
  async close(
    @Param('id') id: string,
    @Param('review', ParseIntPipe) review: number,
    @Body() { conclusion, remarks }: CloseJointReviewDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'close-joint-review', data: { review, conclusion, remarks } });
  }

  /** 소명: the applicant says how its plan differs from the candidate. */
  @ApiOperation({ operationId: 'stateDifference' })
  @Post('overlaps/:candidate/difference')
  async differ(
    @Param('id') id: string,
    @Param('candidate') candidate: string,
    @Body() { statement }: StateDifferenceDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'state-difference', data: { candidate, statement } });
  }
}
