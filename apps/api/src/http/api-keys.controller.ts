import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Routing } from '@sajeon/decisions';
import { ApiKeys, SecurityLog } from '@sajeon/identity';
import type { FastifyRequest } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { onlyFor } from './only-for.js';
import { NoSuchRecord } from './problem.js';
import { DoneDto } from './session.dto.js';
import { StepUp } from './step-up.js';
import { ApiKeyDto, MadeApiKeyDto, MakeApiKeyDto } from './users.dto.js';

/** 열쇠: what machines say who they are with. For administrators; auditors read. */
@ApiTags('users')
@ApiBearerAuth()
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly routing: Routing,
    private readonly security: SecurityLog,
  ) {}

  /** Every key, newest first, also those that have ended. */
  @ApiOperation({ operationId: 'listApiKeys' })
  @Get()
  async list(@Who() principal: Principal): Promise<ApiKeyDto[]> {
    onlyFor(principal, 'administrator', 'auditor');
    return answer([...(await this.keys.list())]);
  }

  /** A key for a machine of an agency. Its secret is in this answer and nowhere else. */
  @ApiOperation({ operationId: 'makeApiKey' })
  @StepUp()
  @Post()
  async make(@Body() body: MakeApiKeyDto, @Who() principal: Principal, @Req() request: FastifyRequest): Promise<MadeApiKeyDto> {
    onlyFor(principal, 'administrator');
    const { name, agency, roles, scopes, days } = body;
    await this.routing.agency(agency, '/agency');
    const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString();
    const made = await this.keys.make({ name, agency, roles, scopes, expiresAt }, principal.person);
    const detail = { key: made.key, for: agency, roles: roles.join(' '), scopes: scopes.join(' ') };
    await this.security.record({
      kind: 'api-key-made',
      person: principal.person,
      agency: principal.agency,
      address: request.ip,
      detail,
    });
    return made;
  }

  /** Ends the key at once. */
  @ApiOperation({ operationId: 'revokeApiKey' })
  @StepUp()
  @Post(':key/revocation')
  @HttpCode(200)
  async revoke(@Param('key') key: string, @Who() principal: Principal, @Req() request: FastifyRequest): Promise<DoneDto> {
    onlyFor(principal, 'administrator');
    if (!(await this.keys.revoke(key))) throw new NoSuchRecord();
    const { person, agency } = principal;
    await this.security.record({ kind: 'api-key-revoked', person, agency, address: request.ip, detail: { key } });
    return { status: 'done' };
  }
}
