import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { SecurityLog, type SecurityEventKind } from '@sajeon/identity';
import { Deliveries, DestinationRefused, Subscriptions } from '@sajeon/webhooks';
import type { FastifyRequest } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { onlyFor } from './only-for.js';
import { malformed, NoSuchRecord } from './problem.js';
import { DoneDto } from './session.dto.js';
import {
  DeliveriesDto,
  ListDeliveriesDto,
  MakeWebhookDto,
  ReplayDto,
  ReplayedDto,
  WebhookDto,
  WebhookSecretDto,
} from './webhooks.dto.js';

const NEWEST = 2n ** 63n - 1n;

/** 알림 연계: signed messages to machines of one's own agency. For its administrators; auditors read. */
@ApiTags('webhooks')
@ApiBearerAuth()
@Controller('v1')
export class WebhooksController {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly deliveries: Deliveries,
    private readonly security: SecurityLog,
  ) {}

  /** Subscriptions of one's own agency, newest first, also those that have ended; for auditors those of all. */
  @ApiOperation({ operationId: 'listWebhooks' })
  @Get('webhooks')
  async list(@Who() principal: Principal): Promise<WebhookDto[]> {
    onlyFor(principal, 'administrator', 'auditor');
    return answer([...(await this.subscriptions.list(principal.roles.includes('auditor') ? undefined : principal.agency))]);
  }

  /**
   * From now on this address is told what happens to the cases that the agency may see: a CloudEvent with the number of the case, never its
   * content. At least once, by the id of the event; what is not answered with 2xx is tried again for about three days.
   */
  @ApiOperation({ operationId: 'makeWebhook' })
  @Post('webhooks')
  async make(
    @Body() body: MakeWebhookDto,
    @Who() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<WebhookSecretDto> {
    onlyFor(principal, 'administrator');
    const { url, types = [], note } = body;
    const made = await sealing(() => this.subscriptions.make({ agency: principal.agency, url, types, note }, principal.person));
    await this.told('webhook-made', principal, request, { webhook: made.id, host: new URL(url).host });
    return made;
  }

  /** A new secret. For seven days every message is signed by both, so that the receiver can change over at its own time. */
  @ApiOperation({ operationId: 'changeWebhookSecret' })
  @Post('webhooks/:id/secret')
  async change(@Param('id') id: string, @Who() principal: Principal, @Req() request: FastifyRequest): Promise<WebhookSecretDto> {
    await this.own(id, principal);
    const secret = await sealing(() => this.subscriptions.rotate(id));
    if (secret === undefined) throw new NoSuchRecord();
    await this.told('webhook-secret-changed', principal, request, { webhook: id });
    return { id, secret };
  }

  /** Nothing more is sent, at once. */
  @ApiOperation({ operationId: 'endWebhook' })
  @Post('webhooks/:id/end')
  @HttpCode(200)
  async end(@Param('id') id: string, @Who() principal: Principal, @Req() request: FastifyRequest): Promise<DoneDto> {
    await this.own(id, principal);
    if (!(await this.subscriptions.end(id))) throw new NoSuchRecord();
    await this.told('webhook-ended', principal, request, { webhook: id });
    return { status: 'done' };
  }

  /** Sends again what happened in a part of the log, given-up messages included, as far as the agency may hear of it. */
  @ApiOperation({ operationId: 'replayWebhook' })
  @Post('webhooks/:id/replays')
  @HttpCode(200)
  async replay(
    @Param('id') id: string,
    @Body() { from, until }: ReplayDto,
    @Who() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ReplayedDto> {
    await this.own(id, principal);
    const done = await this.deliveries.replay(id, BigInt(from), until === undefined ? NEWEST : BigInt(until));
    await this.told('webhook-replayed', principal, request, { webhook: id, from, queued: String(done.queued) });
    return { queued: done.queued, until: String(done.until) };
  }

  /** Messages of a subscription, newest first: which wait, which arrived, and with `state=dead` which were given up. */
  @ApiOperation({ operationId: 'listWebhookDeliveries' })
  @Get('webhook-deliveries')
  async sent(@Query() request: ListDeliveriesDto, @Who() principal: Principal): Promise<DeliveriesDto> {
    onlyFor(principal, 'administrator', 'auditor');
    const agency = await this.subscriptions.agencyOf(request.webhook);
    const visible = principal.roles.includes('auditor') || agency === principal.agency;
    const limit = request.limit ?? 50;
    const deliveries = visible && agency !== undefined ? await this.deliveries.list(request.webhook, { ...request, limit }) : [];
    return answer({
      deliveries: [...deliveries],
      next: deliveries.length === limit ? (deliveries.at(-1)?.position ?? null) : null,
    });
  }

  /** @throws NoSuchRecord for a subscription of another agency, as for none */
  private async own(id: string, principal: Principal): Promise<void> {
    onlyFor(principal, 'administrator');
    const agency = await this.subscriptions.agencyOf(id);
    if (agency === undefined) throw new NoSuchRecord();
    if (agency !== principal.agency) throw new NoSuchRecord(true);
  }

  private async told(
    kind: SecurityEventKind,
    { person, agency }: Principal,
    { ip }: FastifyRequest,
    detail: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.security.record({ kind, person, agency, address: ip, detail });
  }
}

async function sealing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DestinationRefused) {
      throw malformed('/url', 'webhook-address-refused', {
        ko: '알림은 https로, 인터넷에서 찾을 수 있는 이름으로만 보냅니다. 사용자 이름·비밀번호·#이 없는 공개 주소를 적으십시오.',
        en: 'Webhooks go by https to a public name only. Give an address without user name, password or #.',
      });
    }
    throw error;
  }
}
