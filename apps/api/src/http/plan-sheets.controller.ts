import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { planVersion, Routing, ToProject } from '@sajeon/decisions';
import { markedPlanSheet, planTemplate, readPlanSheet } from '@sajeon/documents';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { answer } from './answer.js';
import { Creating, readableId, type Asking } from './asking.js';
import { PlannedSheetDto, PlanSheetDto, PlanSheetReportDto, WorkbookDto } from './plan-sheets.dto.js';
import { HttpProblem } from './problem.js';

/** Namespace of the command ids of a sheet's rows: sending the same sheet again with its Idempotency-Key plans nothing twice. */
const ROWS = 'd2f0a7c0-6b1b-5c55-9a55-3f2a5e7d9c01';

/** 일괄 등록: the plans of a year in one Excel sheet. */
@ApiTags('projects')
@ApiBearerAuth()
@Controller('v1/plan-sheets')
export class PlanSheetsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly routing: Routing,
  ) {}

  /** The sheet to fill in, with an example and an explanation of its columns. */
  @ApiOperation({ operationId: 'showPlanTemplate' })
  @Get('template')
  template(): WorkbookDto {
    return { name: 'sajeon-plans.xlsx', xlsx: planTemplate().toString('base64') };
  }

  /** What a filled sheet says, and what is to be mended in which row. Records nothing. */
  @ApiOperation({ operationId: 'checkPlanSheet' })
  @Post('checks')
  @HttpCode(200)
  check(@Body() { xlsx }: PlanSheetDto): PlanSheetReportDto {
    const rows = readPlanSheet(Buffer.from(xlsx, 'base64'));
    const wrong = rows.filter(({ plan }) => plan === null).length;
    return answer<PlanSheetReportDto>({
      good: rows.length - wrong,
      wrong,
      rows: rows.map(({ row, title, problems }) => ({
        row,
        title,
        problems: problems.map(({ pointer, code, message }) => ({ pointer, code, messages: message })),
      })),
    });
  }

  /** The same sheet with a first column that says what is to be mended. */
  @ApiOperation({ operationId: 'markPlanSheet' })
  @Post('marked')
  @HttpCode(200)
  marked(@Body() { xlsx }: PlanSheetDto): WorkbookDto {
    return { name: 'sajeon-plans-marked.xlsx', xlsx: markedPlanSheet(Buffer.from(xlsx, 'base64')).toString('base64') };
  }

  /**
   * Plans a project for every row, or none at all when a row is to be mended. After a broken connection the same sheet with the same
   * Idempotency-Key plans what was not planned yet.
   */
  @ApiOperation({ operationId: 'planSheet' })
  @Post()
  async plan(
    @Body() { xlsx }: PlanSheetDto,
    @Creating() asking: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlannedSheetDto> {
    const { principal, by, at, envelope } = asking;
    const { id: agency } = await this.routing.applicant(principal.agency);
    const read = readPlanSheet(Buffer.from(xlsx, 'base64'));
    const wrong = read.flatMap(({ row, problems }) =>
      problems.map(({ pointer, code, message }) => ({ pointer: `/rows/${row}${pointer}`, code, text: message })),
    );
    if (wrong.length > 0) {
      throw new HttpProblem(
        422,
        'sheet-to-be-mended',
        {
          ko: `고칠 곳이 ${wrong.length}군데 있어 아무것도 등록하지 않았습니다. 고친 뒤 다시 올리십시오.`,
          en: `${wrong.length} thing(s) are to be mended, so nothing was recorded. Mend them and send the sheet again.`,
        },
        wrong.slice(0, 200),
      );
    }
    const rows = [];
    let reached = 0n;
    for (const { row, title, plan } of read) {
      if (plan === null) continue;
      const commandId = uuidv5(`${envelope.commandId} ${row}`, ROWS);
      const project = readableId(commandId);
      const data = { by, at, project, agency, plan: planVersion(1, plan) };
      const { position } = await this.commands.execute(
        new ToProject(project, { type: 'plan-project', data }, { ...envelope, commandId }),
      );
      if (position > reached) reached = position;
      rows.push({ row, title, project });
    }
    void reply.header('x-position', String(reached));
    return answer<PlannedSheetDto>({ rows });
  }
}
