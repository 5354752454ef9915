import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { maySeeInternalOpinion, partiesOf, type Principal } from '@sajeon/access';
import { AuditLog, evidence, NotInLog } from '@sajeon/audit';
import { streamsOfCase } from '@sajeon/decisions';
import type { FastifyReply } from 'fastify';
import { Who } from './asking.js';
import { Cases } from './cases.js';
import { HttpProblem, NoSuchRecord } from './problem.js';

/** The seal follows the log within a second or so. */
class NotSealedYet extends HttpProblem {
  constructor() {
    const ko = '이 사건의 최근 기록이 아직 봉인되지 않았습니다. 잠시 뒤 다시 받으십시오.';
    const en = 'The latest of this case is not sealed yet. Ask again in a moment.';
    super(503, 'not-sealed-yet', { ko, en }, [], { 'retry-after': '2' });
  }
}

/** Evidence that proves itself: see `tools/` for the programs that check it without us. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class EvidenceController {
  constructor(
    private readonly cases: Cases,
    private readonly log: AuditLog,
  ) {}

  /** Every event of the case, of its project and of the rules applied to it, with proofs against a signed checkpoint, for its authority and for auditors. */
  @ApiOperation({ operationId: 'exportEvidence' })
  @ApiProduces('application/jsonl')
  @ApiOkResponse({
    schema: {
      type: 'string',
      example: '{"kind":"header","format":"sajeon-evidence@1",…}\n{"kind":"event",…}\n{"kind":"trailer",…}\n',
    },
  })
  @Get(':id/evidence')
  async export(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const the = await this.cases.visible(id, { principal });
    // A bundle holds the internal opinion, and leaving events out of it would be what it is there to rule out.
    if (!maySeeInternalOpinion(principal, partiesOf(the))) throw new NoSuchRecord();
    let bundle = '';
    try {
      const itself = await this.log.stream(`consultation-${id}`);
      const streams = await this.log.present(streamsOfCase(itself.map(({ event }) => event)));
      // Whole before the first byte goes out: half a bundle would look like a broken one.
      const at = new Date().toISOString();
      for await (const line of evidence(this.log, { scope: { kind: 'streams', streams }, at })) bundle += line;
    } catch (error) {
      if (error instanceof NotInLog) throw new NotSealedYet();
      throw error;
    }
    void reply.headers({
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="sajeon-${encodeURIComponent(id)}.evidence.jsonl"`,
    });
    return bundle;
  }
}
