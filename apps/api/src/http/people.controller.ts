import { Controller, Get, Logger, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeCase, maySeeName, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, PERSONAL_DATA } from '@sajeon/decisions';
import { readRecorded, type Actor } from '@sajeon/domain';
import { LazyVault } from '@sajeon/vault';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { toldTo } from './cases.js';
import type { NameStanding, PeopleInCaseDto } from './people.dto.js';
import { NoSuchRecord } from './problem.js';

/** Names stand in the vault and pseudonyms on record: this puts the two together, for whoever may see them. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id/people')
export class PeopleController {
  private readonly logger = new Logger('names');

  constructor(
    private readonly decisions: Decisions,
    private readonly vault: LazyVault,
  ) {}

  /** Who acted in the case, as far as the reader is told of it, with the names of their own colleagues. */
  @ApiOperation({ operationId: 'listPeopleInCase' })
  @Get()
  async list(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PeopleInCaseDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null || !maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord();
    const last = events.at(-1);
    const place = { etag: `"${last?.revision}"`, 'x-position': String(last?.position) };
    void reply.headers({ ...place, 'cache-control': 'no-store' });
    const acted = new Map<string, Actor>();
    for (const event of events.filter(toldTo(principal, state, events)).map(readRecorded)) {
      const also = event.type === 'reviewer-assigned' || event.type === 'reviewer-reassigned' ? [event.data.reviewer] : [];
      for (const { person, agency } of [event.data.by, ...also]) {
        if (person !== 'system') acted.set(`${person} ${agency}`, { person, agency });
      }
    }
    const people = [...acted.values()].map(async (actor) => ({
      ...{ person: actor.person, agency: actor.agency },
      ...(maySeeName(principal, actor) ? await this.named(actor.person) : { standing: 'withheld' as const, name: null }),
    }));
    return answer<PeopleInCaseDto>({ people: await Promise.all(people) });
  }

  /** The newest name in the vault; a vault that is shut keeps nobody from reading the case. */
  private async named(person: string): Promise<{ readonly standing: NameStanding; readonly name: string | null }> {
    const { state } = await this.decisions.load(PERSONAL_DATA, person);
    const ref = state?.fields.findLast(({ path }) => path === 'name')?.$pii;
    if (ref === undefined) return { standing: (state?.erased.length ?? 0) > 0 ? 'erased' : 'unknown', name: null };
    try {
      const [value] = await (await this.vault.open()).disclose(person, [ref]);
      return value === undefined ? { standing: 'unknown', name: null } : { standing: 'shown', name: value.value };
    } catch (error) {
      this.logger.warn(`no names: ${error instanceof Error ? error.message : String(error)}`);
      return { standing: 'unknown', name: null };
    }
  }
}
