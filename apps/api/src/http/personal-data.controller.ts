import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { permit, type Principal } from '@sajeon/access';
import { Decisions, PERSONAL_DATA, ToPersonalData } from '@sajeon/decisions';
import { NotPermitted, type PersonalDataCommand } from '@sajeon/domain';
import { LazyVault } from '@sajeon/vault';
import type { FastifyReply } from 'fastify';
import { Changing, Creating, Who, type Asking } from './asking.js';
import { DepositDto, LegalBasisDto, PersonalDataDto } from './personal-data.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** 개인정보: names and addresses by person, in the vault; the record holds commitments only. */
@ApiTags('personal-data')
@ApiBearerAuth()
@Controller('v1/personal-data')
export class PersonalDataController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly vault: LazyVault,
  ) {}

  /** One's own data into the vault; an administrator may do it for others. */
  @ApiOperation({ operationId: 'depositPersonalData' })
  @Post()
  async deposit(@Body() { person, ...values }: DepositDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { principal, by, at } = asking;
    const subject = person ?? principal.person;
    permit('deposit-personal-data', principal);
    if (subject !== principal.person && !principal.roles.includes('administrator')) {
      throw new NotPermitted('not-your-data', {
        ko: '다른 사람의 개인정보는 관리자만 등록할 수 있습니다.',
        en: 'Only an administrator may enter somebody else’s data.',
      });
    }
    // A repeated request must not leave values behind that no event speaks of.
    const { events } = await this.decisions.load(PERSONAL_DATA, subject);
    const repeated = events.some(({ metadata }) => metadata['commandId'] === asking.envelope.commandId);
    const fields = repeated ? [] : await (await this.vault.open()).deposit(subject, values);
    return this.send(subject, asking, { type: 'deposit-personal-data', data: { subject, fields, by, at } });
  }

  /** What the vault holds of a person, for that person and for administrators. */
  @ApiOperation({ operationId: 'showPersonalData' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonalDataDto> {
    if (id !== principal.person && !principal.roles.includes('administrator')) throw new NoSuchRecord();
    const { state, events } = await this.decisions.load(PERSONAL_DATA, id);
    const last = events.at(-1);
    if (state === null || last === undefined) throw new NoSuchRecord();
    const values = await (
      await this.vault.open()
    ).disclose(
      id,
      state.fields.map(({ $pii }) => $pii),
    );
    const place = { revision: String(last.revision), position: String(last.position) };
    void reply.headers({ etag: `"${place.revision}"`, 'x-position': place.position, 'cache-control': 'no-store' });
    const { request, hold, erased } = state;
    return { person: id, values: [...values], erased: [...erased], request, hold, ...place };
  }

  /** 파기 요청, which another person has to approve. */
  @ApiOperation({ operationId: 'requestErasure' })
  @Post(':id/erasure-request')
  request(@Param('id') id: string, @Body() { legalBasis }: LegalBasisDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'request-erasure', data: { legalBasis, by: asking.by, at: asking.at } });
  }

  /** 반려 */
  @ApiOperation({ operationId: 'declineErasure' })
  @Post(':id/erasure-refusal')
  decline(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'decline-erasure', data: { reason, by: asking.by, at: asking.at } });
  }

  /** 파기 승인 by a second person: recorded first, then destroyed. The event is the proof. */
  @ApiOperation({ operationId: 'approveErasure' })
  @Post(':id/erasure')
  async approve(@Param('id') id: string, @Changing() asking: Asking): Promise<ReceiptDto> {
    permit('approve-erasure', asking.principal);
    const vault = await this.vault.open();
    // Of nothing: the key is gone, for instance with tables that were lost. What is recorded is then that there was none.
    const keyFingerprint = (await vault.fingerprint(id)) ?? '0'.repeat(64);
    const receipt = await this.send(id, asking, {
      type: 'approve-erasure',
      data: { keyFingerprint, by: asking.by, at: asking.at },
    });
    await vault.applyErasures();
    return receipt;
  }

  /** 파기 보류: a duty to keep the data. */
  @ApiOperation({ operationId: 'holdRetention' })
  @Post(':id/hold')
  hold(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'hold-retention', data: { reason, by: asking.by, at: asking.at } });
  }

  /** 보류 해제 */
  @ApiOperation({ operationId: 'releaseRetention' })
  @Post(':id/hold-release')
  release(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'release-retention', data: { reason, by: asking.by, at: asking.at } });
  }

  private async send(id: string, { envelope }: Asking, command: PersonalDataCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToPersonalData(id, command, envelope)));
  }
}
