import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Malformed, RuleViolated } from '@sajeon/domain';
import { Accounts, Directory, Provider, SecurityLog, Sessions, type SecurityEventKind } from '@sajeon/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { heldByBrowser, takeFromBrowser } from './cookies.js';
import { NoSuchRecord } from './problem.js';
import { Proof } from './proof.js';
import { StillTheSameDto } from './second-factor.dto.js';
import { ChangePasswordDto, DoneDto, SessionDto, SignedInDto, SwitchCapacityDto } from './session.dto.js';
import { identifiedIn, SignedIn } from './signed-in.js';
import { StepUp } from './step-up.js';

/** One's own sign-ins. Answers also somebody who has no role yet. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    private readonly accounts: Accounts,
    private readonly provider: Provider,
    private readonly security: SecurityLog,
    private readonly signedIn: SignedIn,
    private readonly proof: Proof,
  ) {}

  /** Who is signed in, what they may act as, and the token that goes with changes. */
  @ApiOperation({ operationId: 'showSession' })
  @Get()
  show(@Req() request: FastifyRequest): Promise<SignedInDto> {
    const { person, principal, session } = identifiedIn(request);
    const id = heldByBrowser(request);
    return session === null || id === undefined ? this.signedIn.byToken(person, principal) : this.signedIn.of(id, request.ip);
  }

  /** 기관 전환: acts as another of one's capacities from now on. */
  @ApiOperation({ operationId: 'switchCapacity' })
  @Post('capacity')
  @HttpCode(200)
  async switch(@Body() { capacity }: SwitchCapacityDto, @Req() request: FastifyRequest): Promise<SignedInDto> {
    const { person, session, id } = this.browser(request);
    const capacities = await this.directory.capacities(person, new Date().toISOString());
    if (!capacities.some((each) => each.id === capacity)) {
      throw new Malformed(
        'no-such-capacity',
        { ko: '그 자격으로는 일할 수 없습니다. 목록에서 고르십시오.', en: 'You may not act as that. Choose from the list.' },
        '/capacity',
      );
    }
    await this.sessions.actAs(session, capacity);
    await this.record('capacity-switched', request, { capacity });
    return this.signedIn.of(id, request.ip);
  }

  /** 비밀번호 변경: every other session of the person ends. */
  @ApiOperation({ operationId: 'changePassword' })
  @Post('password')
  @HttpCode(200)
  async changePassword(@Body() { current, next }: ChangePasswordDto, @Req() request: FastifyRequest): Promise<DoneDto> {
    const { person, session } = this.browser(request);
    const changed = await this.accounts.change(person, current, next);
    if (changed === 'wrong-password') {
      await this.record('sign-in-refused', request, { method: 'password-change' });
      throw new RuleViolated(
        'wrong-password',
        { ko: '지금 쓰는 비밀번호가 맞지 않습니다.', en: 'That is not the present password.' },
        '/current',
      );
    }
    await this.sessions.endAll(person, session);
    await this.sessions.proved(session, request.ip);
    await this.record('password-changed', request, {});
    // Taken all the same, unless the installation is strict: whoever cannot be asked must not keep people from their work.
    if (changed === 'unchecked') await this.record('breached-passwords-unreachable', request, {});
    return { status: 'done' };
  }

  /** 본인 확인: the password once more, and a code where an app is enrolled, for what takes a recent proof (`x-step-up`). */
  @ApiOperation({ operationId: 'proveAgain' })
  @Post('proof')
  @HttpCode(200)
  async prove(@Body() proof: StillTheSameDto, @Req() request: FastifyRequest): Promise<DoneDto> {
    await this.proof.of(request, proof);
    return { status: 'done' };
  }

  /** 로그아웃: this session ends; `next` leads on to the identity provider. */
  @ApiOperation({ operationId: 'signOut' })
  @Post('end')
  @HttpCode(200)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<DoneDto> {
    const { person, session, id } = this.browser(request);
    const tokens = await this.sessions.tokens(id);
    await this.sessions.end(person, session);
    takeFromBrowser(reply);
    await this.record('signed-out', request, {});
    const next = tokens === null ? null : await this.provider.end(tokens);
    return { status: 'done', ...(next === null ? {} : { next: next.href }) };
  }

  /** Sign-ins of one's own that have not ended, newest first. */
  @ApiOperation({ operationId: 'listSessions' })
  @Get('list')
  async list(@Req() request: FastifyRequest): Promise<SessionDto[]> {
    const { person, session: mine } = identifiedIn(request);
    return (await this.sessions.of(person)).map(({ person: _, ...session }) => ({
      ...session,
      current: session.session === mine?.session,
    }));
  }

  /** Ends one of one's own sign-ins, such as the one on a lost machine. */
  @ApiOperation({ operationId: 'endSession' })
  @StepUp()
  @Post('list/:session/end')
  @HttpCode(200)
  async end(@Param('session') session: string, @Req() request: FastifyRequest): Promise<DoneDto> {
    const { person } = this.browser(request);
    const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(session);
    if (!known || !(await this.sessions.end(person, session))) throw new NoSuchRecord();
    await this.record('session-ended', request, { session });
    return { status: 'done' };
  }

  private browser(request: FastifyRequest): { readonly person: string; readonly session: string; readonly id: string } {
    const { person, session } = identifiedIn(request);
    const id = heldByBrowser(request);
    if (session !== null && id !== undefined) return { person, session: session.session, id };
    throw new RuleViolated('no-session', {
      ko: '토큰으로 들어온 요청에는 세션이 없습니다. 화면에서 로그인한 뒤 하십시오.',
      en: 'A request with a token has no session. Sign in with a browser to do this.',
    });
  }

  private record(kind: SecurityEventKind, request: FastifyRequest, detail: Record<string, string>): Promise<void> {
    const { person, principal } = identifiedIn(request);
    return this.security.record({ kind, person, agency: principal?.agency ?? null, address: request.ip, detail });
  }
}
