import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEMO_USERS, TokenBook } from '@sajeon/access';
import { NotPermitted, type Message } from '@sajeon/domain';
import {
  Accounts,
  FIRST_PASSWORD_EXPIRED,
  IDENTITY_SETTINGS,
  Provider,
  SecurityLog,
  Sessions,
  type IdentitySettings,
} from '@sajeon/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromOurPage, giveToBrowser, heldByBrowser, markSignIn } from './cookies.js';
import { HttpProblem, tooManyFailures } from './problem.js';
import { CODE_NEEDED } from './proof.js';
import { SignedIn } from './signed-in.js';
import { SignedInDto, SignInDto, SignInMethodsDto } from './session.dto.js';

/** Public: it answers before anybody has signed in. */
@ApiTags('identity')
@Controller('v1/sign-in')
export class SignInController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly provider: Provider,
    private readonly security: SecurityLog,
    private readonly signedIn: SignedIn,
    private readonly tokens: TokenBook,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** How people sign in here. */
  @ApiOperation({ operationId: 'showSignInMethods' })
  @Get()
  methods(): SignInMethodsDto {
    const demo = !this.settings.production && DEMO_USERS.some(({ token }) => this.tokens.find(token) !== undefined);
    return { password: true, provider: this.provider.configured, demo };
  }

  /** With login and password. Opens a session, which the browser holds in a cookie that scripts cannot read. */
  @ApiOperation({ operationId: 'signIn' })
  @Post()
  async signIn(
    @Body() { login, password, code }: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    if (!fromOurPage(request)) {
      throw new NotPermitted('forged-request', {
        ko: '이 서비스의 화면에서 보낸 요청이 아닙니다. 화면을 새로 고친 뒤 다시 하십시오.',
        en: 'This request did not come from a page of this service. Load the page again.',
      });
    }
    const address = request.ip;
    const attempt = await this.accounts.attempt(login, password, code ?? null);
    const { person } = attempt;
    const record = { person, agency: null, address, detail: { method: 'password' } };
    if (attempt.outcome === 'locked') {
      await this.security.record({ ...record, kind: 'account-locked' });
      throw tooManyFailures(attempt.seconds);
    }
    if (attempt.outcome === 'expired') {
      await this.security.record({ ...record, kind: 'sign-in-refused', detail: { method: 'password', wrong: 'expired' } });
      throw unproven('first-password-expired', FIRST_PASSWORD_EXPIRED, '/password');
    }
    if (attempt.outcome === 'code-needed') throw unproven('second-factor-required', CODE_NEEDED);
    if (attempt.outcome === 'refused' && attempt.wrong === 'code') {
      await this.security.record({ ...record, kind: 'sign-in-refused', detail: { method: 'password', wrong: 'code' } });
      throw unproven('wrong-code', WRONG_CODE);
    }
    if (attempt.outcome === 'refused') {
      await this.security.record({ ...record, kind: 'sign-in-refused' });
      const text = {
        ko: '아이디나 비밀번호가 맞지 않습니다. 빠진 글자나 한/영 상태를 확인하십시오.',
        en: 'Login or password is wrong. Check for missing letters and the keyboard layout.',
      };
      throw new HttpProblem(
        401,
        'wrong-login-or-password',
        text,
        [{ pointer: '/password', code: 'wrong-login-or-password', text }],
        {
          'www-authenticate': 'Bearer',
        },
      );
    }
    const agent = String(request.headers['user-agent'] ?? '');
    const { demo, secondFactor } = attempt;
    // The session that this browser holds ends with the new one, whosever it was: nobody else could sign out of it.
    const held = heldByBrowser(request);
    const before = held === undefined ? undefined : await this.sessions.find(held, address);
    if (before !== undefined) await this.sessions.end(before.person, before.session);
    const id = await this.sessions.open(attempt.person, 'password', { agent, address, demo, secondFactor, provedAt: new Date() });
    await this.security.record({
      ...record,
      kind: 'signed-in',
      detail: { method: 'password', ...(secondFactor && { secondFactor }) },
    });
    giveToBrowser(reply, id);
    return this.signedIn.of(id, address);
  }

  /** Sends the browser to the identity provider. */
  @ApiExcludeEndpoint()
  @Get('provider')
  async begin(
    @Query('returnTo') returnTo: string | undefined,
    @Query('again') again: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.provider.configured) throw noProvider();
    // A path of our own and nothing else: `//elsewhere` and `/\elsewhere` would lead away.
    const path = typeof returnTo === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(returnTo) ? returnTo : '/';
    const { to, mark, minutes } = await this.provider.begin(path, again === 'yes', heldByBrowser(request, 'sign-in'));
    markSignIn(reply, mark, minutes);
    void reply.header('cache-control', 'no-store').redirect(to.href, 303);
  }

  /** Where the identity provider sends the browser back to. */
  @ApiExcludeEndpoint()
  @Get('provider/answer')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.provider.configured) throw noProvider();
    const answer = new URL(request.url, this.settings.publicUrl ?? 'http://localhost');
    const provided = await this.provider.finish(answer, heldByBrowser(request, 'sign-in'));
    const record = { agency: null, address: request.ip, detail: { method: 'provider' } };
    if (provided.outcome === 'refused') {
      const detail = { ...record.detail, wrong: provided.why };
      await this.security.record({ ...record, kind: 'sign-in-refused', person: null, detail });
      void reply.redirect(provided.why === 'old' ? '/?sign-in=too-old' : '/?sign-in=refused', 303);
      return;
    }
    const { person, provedAt, strong, acr } = provided;
    // The session that this browser held ends; whoever signs in once more goes on as what they were.
    const held = heldByBrowser(request);
    const before = held === undefined ? undefined : await this.sessions.find(held, request.ip);
    const same = before?.person === person;
    if (before !== undefined) await this.sessions.end(before.person, before.session);
    const from = {
      ...{ agent: String(request.headers['user-agent'] ?? ''), address: request.ip, provedAt },
      ...{ secondFactor: strong ? ('provider' as const) : null, capacity: same ? before.capacity : null },
    };
    giveToBrowser(reply, await this.sessions.open(person, 'provider', from, provided.tokens));
    const detail = { ...record.detail, acr, strength: strong ? 'enough' : 'least' };
    await this.security.record({ ...record, kind: 'signed-in', person, detail });
    void reply.header('cache-control', 'no-store').redirect(provided.returnTo, 303);
  }
}

const WRONG_CODE = {
  ko: '인증번호가 맞지 않습니다. 한 번 쓴 번호는 다시 쓸 수 없으니 앱에 새로 나온 것을 적으십시오.',
  en: 'That code is wrong. A code counts once: type the next one that the app shows.',
};

function unproven(code: string, text: Message, pointer = '/code'): HttpProblem {
  return new HttpProblem(401, code, text, [{ pointer, code, text }], { 'www-authenticate': 'Bearer' });
}

function noProvider(): HttpProblem {
  return new HttpProblem(404, 'no-provider', {
    ko: '이 설치에는 연결된 로그인 제공자가 없습니다.',
    en: 'No identity provider is configured here.',
  });
}
