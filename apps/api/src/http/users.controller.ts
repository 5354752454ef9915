import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Routing, ToUser } from '@sajeon/decisions';
import { legalDateOf, NotPermitted, type UserCommand } from '@sajeon/domain';
import { Accounts, Directory, SecondFactors, SecurityLog, Sessions } from '@sajeon/identity';
import { ListUsers, ShowGivenDelegations, ShowUser } from '@sajeon/read-models';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answer } from './answer.js';
import { After, Changing, Creating, Who, type Asking } from './asking.js';
import { onlyFor } from './only-for.js';
import { Lists, pageBody } from './lists.js';
import { NoSuchRecord } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';
import { DoneDto } from './session.dto.js';
import { StepUp } from './step-up.js';
import {
  DelegateDto,
  GivenDelegationsDto,
  GrantRolesDto,
  ListUsersDto,
  MadeAccountDto,
  MakeAccountDto,
  RegisterUserDto,
  UserDto,
  UserPageDto,
  UserReasonDto,
} from './users.dto.js';

/** 이용자: who may be what for which agency, from when to when. Ids are pseudonymous. */
@ApiTags('users')
@ApiBearerAuth()
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly routing: Routing,
    private readonly directory: Directory,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly factors: SecondFactors,
    private readonly security: SecurityLog,
    private readonly lists: Lists,
  ) {}

  /** Everybody who may act or might, for administrators and auditors. */
  @ApiOperation({ operationId: 'listUsers' })
  @Get()
  async list(
    @Query() request: ListUsersDto,
    @After() after: bigint | undefined,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserPageDto> {
    onlyFor(principal, 'administrator', 'auditor');
    return answer(pageBody(await this.lists.page('user-directory', new ListUsers(request), after, reply)));
  }

  /** One user: for administrators and auditors, and for the user. */
  @ApiOperation({ operationId: 'showUser' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Who() { person, roles }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDto> {
    if (person !== id && !roles.includes('administrator') && !roles.includes('auditor')) throw new NoSuchRecord();
    return answer(await this.lists.one('user-directory', new ShowUser(id), after, reply));
  }

  /** 등록: somebody who may be granted roles. */
  @ApiOperation({ operationId: 'registerUser' })
  @Post()
  register(@Body() { user }: RegisterUserDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    return this.send(user, asking, { type: 'register-user', data: { user, by: asking.by, at: asking.at } });
  }

  /** 권한 부여: roles for an agency, for a term. It applies to the next request. */
  @ApiOperation({ operationId: 'grantRoles' })
  @Post(':id/grants')
  async grant(@Param('id') id: string, @Body() body: GrantRolesDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at, newId } = asking;
    const { agency, roles, from, until } = body;
    if (asking.principal.roles.includes('administrator')) await this.routing.agency(agency, '/agency');
    const data = { by, at, grant: newId, agency, roles, from, until: until ?? null };
    return this.send(id, asking, { type: 'grant-roles', data });
  }

  /** 권한 회수: applies to the next request. */
  @ApiOperation({ operationId: 'revokeGrant' })
  @Post(':id/grants/:grant/revocation')
  revoke(
    @Param('id') id: string,
    @Param('grant') grant: string,
    @Body() { reason }: UserReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'revoke-grant', data: { grant, reason, by: asking.by, at: asking.at } });
  }

  /** 정지: no role holds while it lasts, and every session ends. */
  @ApiOperation({ operationId: 'suspendUser' })
  @Post(':id/suspension')
  async suspend(@Param('id') id: string, @Body() { reason }: UserReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const receipt = await this.send(id, asking, { type: 'suspend-user', data: { reason, by: asking.by, at: asking.at } });
    await this.sessions.endAll(id);
    return receipt;
  }

  /** 정지 해제. */
  @ApiOperation({ operationId: 'reinstateUser' })
  @Post(':id/reinstatement')
  reinstate(@Param('id') id: string, @Body() { reason }: UserReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'reinstate-user', data: { reason, by: asking.by, at: asking.at } });
  }

  /** 대결·전결 that the user has given, and colleagues who could be given one: for the user; without colleagues for administrators and auditors. */
  @ApiOperation({ operationId: 'listGivenDelegations' })
  @Get(':id/delegations')
  async given(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Who() { person, agency, roles, delegation }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GivenDelegationsDto> {
    const own = person === id;
    if (!own && !roles.includes('administrator') && !roles.includes('auditor')) throw new NoSuchRecord();
    // What was delegated to oneself is not passed on again, so then there is nobody to choose either.
    const of = own && delegation === undefined ? agency : null;
    const query = new ShowGivenDelegations(id, of, legalDateOf(new Date().toISOString()));
    return answer(await this.lists.whole('user-directory', query, after, reply));
  }

  /** 대결·전결: passes roles of one's own on to this user, for a term. They hold no longer than one's own. */
  @ApiOperation({ operationId: 'delegateAuthority' })
  @Post(':id/delegations')
  async delegate(@Param('id') id: string, @Body() body: DelegateDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at, newId, principal } = asking;
    const { person, agency } = principal;
    const held = await this.directory.held(person, agency, at);
    const data = { by, at, delegation: newId, delegator: person, agency, ...body, held };
    return this.send(id, asking, { type: 'delegate-authority', data });
  }

  /** Takes a delegation back, or lays it down. */
  @ApiOperation({ operationId: 'withdrawDelegation' })
  @Post(':id/delegations/:delegation/withdrawal')
  withdraw(
    @Param('id') id: string,
    @Param('delegation') delegation: string,
    @Body() { reason }: UserReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const data = { delegation, reason, by: asking.by, at: asking.at };
    return this.send(id, asking, { type: 'withdraw-delegation', data });
  }

  /** 계정: gives the user a login of this installation, or a new password for it. Every session of the user ends. */
  @ApiOperation({ operationId: 'makeAccount' })
  @StepUp()
  @Post(':id/account')
  async makeAccount(
    @Param('id') id: string,
    @Body() { login }: MakeAccountDto,
    @Who() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<MadeAccountDto> {
    onlyFor(principal, 'administrator');
    if ((await this.directory.user(id)) === null) throw new NoSuchRecord();
    const { password, until } = await this.accounts.make(id, login);
    await this.sessions.endAll(id);
    const { person, agency } = principal;
    await this.security.record({ kind: 'account-made', person, agency, address: request.ip, detail: { user: id } });
    return { login, password, until };
  }

  /**
   * 인증 앱 초기화: for somebody who has lost the app and the recovery codes, once it is known by other means that it is they. Every session of the
   * user ends, and the next sign-in has to enrol again where the role requires it.
   */
  @ApiOperation({ operationId: 'resetSecondFactor' })
  @StepUp()
  @Post(':id/account/second-factor-reset')
  @HttpCode(200)
  async resetSecondFactor(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DoneDto> {
    onlyFor(principal, 'administrator');
    const { person, agency } = principal;
    if (person === id) {
      throw new NotPermitted('own-second-factor', {
        ko: '자신의 인증 앱은 스스로 초기화할 수 없습니다. 다른 관리자에게 부탁하십시오.',
        en: 'Nobody resets their own second factor. Ask another administrator.',
      });
    }
    if (!(await this.factors.remove(id))) throw new NoSuchRecord();
    await this.sessions.endAll(id);
    await this.security.record({
      kind: 'second-factor-reset',
      person,
      agency,
      address: request.ip,
      detail: { user: id },
    });
    return { status: 'done' };
  }

  private async send(id: string, { envelope }: Asking, command: UserCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToUser(id, command, envelope)));
  }
}
