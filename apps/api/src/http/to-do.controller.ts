import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { ListToDo, TASK_ROLES } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Who } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { Moments } from './moments.js';
import { JointReviewsDto, TaskPageDto, ToDoDto } from './to-do.dto.js';

/** What waits for one's own agency. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1')
export class ToDoController {
  constructor(
    private readonly lists: Lists,
    private readonly moments: Moments,
  ) {}

  /**
   * 할 일: drafts to finish or to file, corrections, conditions, recommendations and demands to answer, opinions and adjustments to give,
   * quarters whose progress was not reported in time, for one's own agency and as far as one's roles go; earliest due first, what is done last.
   */
  @ApiOperation({ operationId: 'listToDo' })
  @Get('to-do')
  async toDo(
    @Query() request: ToDoDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskPageDto> {
    return this.page(request, principal, after, reply);
  }

  /** 공동검토 받은함: opinions that one's agency was asked for as the owner of an overlapping system, with what it said; earliest due first. */
  @ApiOperation({ operationId: 'listJointReviews' })
  @Get('joint-reviews')
  async jointReviews(
    @Query() request: JointReviewsDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskPageDto> {
    return this.page({ ...request, kind: 'opinion' }, principal, after, reply);
  }

  private async page(
    { state, ...request }: ToDoDto,
    { agency, roles }: Principal,
    after: bigint | undefined,
    reply: FastifyReply,
  ): Promise<TaskPageDto> {
    const may = TASK_ROLES.filter((role) => roles.includes(role));
    const query = new ListToDo({
      ...request,
      ...(state === undefined ? {} : { open: state === 'open' }),
      agency,
      roles: may,
      on: await this.moments.dayOf(undefined),
    });
    return answer(pageBody(await this.lists.page('to-do', query, after, reply)));
  }
}
