import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Rules } from '@sajeon/decisions';
import { inForce, NotPermitted } from '@sajeon/domain';
import { AskStatistics, ProjectionHost, type StatisticsAnswer } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Who } from './asking.js';
import { PATIENCE_MS } from './lists.js';
import { Moments } from './moments.js';
import { StatisticsDto, StatisticsRequestDto } from './statistics.dto.js';

/** 통계: each table divided as asked, over the cases of one's authority, of one's own agency for applicants, or of all for auditors. */
@ApiTags('statistics')
@ApiBearerAuth()
@Controller('v1/statistics')
export class StatisticsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: ProjectionHost,
    private readonly rules: Rules,
    private readonly moments: Moments,
  ) {}

  /** One table, counted from the record as it stands. */
  @ApiOperation({ operationId: 'askStatistics' })
  @Get()
  async ask(
    @Query() request: StatisticsRequestDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatisticsDto> {
    const { table } = request;
    const { on, told } = await this.told(request, principal, after, reply);
    return answer({ table, on, ...told, position: String(told.position) });
  }

  /** The same table for a spreadsheet: UTF-8 with a byte order mark, one row of Korean headings. */
  @ApiOperation({ operationId: 'exportStatistics' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', example: '\uFEFF연도,전체\r\n2026,12\r\n' } })
  @Get('csv')
  async csv(
    @Query() request: StatisticsRequestDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { told } = await this.told(request, principal, after, reply);
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${request.table}.csv"`,
    });
    return spreadsheet(request.by ?? [], told);
  }

  private async told(
    { table, by = [], on: day, year, tier, ...filters }: StatisticsRequestDto,
    principal: Principal,
    after: bigint | undefined,
    reply: FastifyReply,
  ): Promise<{ on: string; told: StatisticsAnswer }> {
    const on = day ?? (await this.moments.dayOf(undefined));
    const scope = scopeOf(principal, filters);
    if (scope.inside === false && by.includes('lead')) {
      throw new NotPermitted('authority-only', {
        ko: '검토자별 통계는 협의기관만 볼 수 있습니다.',
        en: 'Only the authority sees figures by reviewer.',
      });
    }
    if (scope.inside === false && table === 'consistency') {
      throw new NotPermitted('authority-only', {
        ko: '닮은 사건의 결과를 견주는 통계는 협의기관과 감사만 볼 수 있습니다.',
        en: 'Only the authority and auditors compare the outcomes of like cases.',
      });
    }
    const book = await this.rules.on(on);
    const query = new AskStatistics({
      ...{ table, by, on, year, tier, authority: scope.authority, applicant: scope.applicant },
      bands: ascending(inForce(book.thresholds, on).map(({ value }) => value.krw)),
      ages: ascending(inForce(book.reviewDays, on).map(({ value }) => value.days)),
    });
    if (after !== undefined) await this.projections.waitFor('statistics', after, PATIENCE_MS);
    const told = await this.queries.execute(query);
    void reply.header('x-position', String(told.position));
    return { on, told };
  }
}

/** Nobody is shown figures of cases that they may not see one by one. */
function scopeOf(
  { agency, roles }: Principal,
  { authority, applicant }: Pick<StatisticsRequestDto, 'authority' | 'applicant'>,
): { readonly authority?: string | undefined; readonly applicant?: string | undefined; readonly inside: boolean } {
  if (roles.includes('auditor')) return { authority, applicant, inside: true };
  if (roles.includes('reviewer') || roles.includes('approver')) return { authority: agency, applicant, inside: true };
  return { authority, applicant: agency, inside: false };
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

const CUT_NAMES: Readonly<Record<NonNullable<StatisticsRequestDto['by']>[number], string>> = {
  ...{ year: '연도', tier: '기관 유형', outcome: '결과', authority: '협의기관', applicant: '신청기관', track: '처리 유형' },
  ...{ kind: '사업 유형', novelty: '신규·계속', band: '사업비(원 이상)', lead: '주심', system: '시스템', relation: '관계' },
  ...{ chance: '판별기가 본 가능성(% 이상)', quarter: '분기', half: '반기', project: '사업', function: '겹친 기능' },
};

function spreadsheet(by: NonNullable<StatisticsRequestDto['by']>, { columns, rows }: StatisticsAnswer): string {
  const lines = [
    [...by.map((cut) => CUT_NAMES[cut]), ...columns.map(({ label }) => label.ko)],
    ...rows.map(({ cut, names, values }) => [
      ...by.map((each) => names[each] ?? cut[each] ?? ''),
      ...columns.map(({ name }) => values[name] ?? ''),
    ]),
  ];
  return `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
}

/** A text that begins like a formula would be computed by whoever opens the file: it stays a text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
