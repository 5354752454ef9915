import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import { LogController } from '@sajeon/audit';
import { Reflector } from '@nestjs/core';
import { NotPermitted } from '@sajeon/domain';
import {
  IDENTITY_SETTINGS,
  Identities,
  inScope,
  lacksSecondFactor,
  rolesFrom,
  Sessions,
  type Identified,
  type IdentitySettings,
} from '@sajeon/identity';
import { HealthController } from '@sajeon/operations';
import type { FastifyRequest } from 'fastify';
import { fromOurPage, heldByBrowser } from './cookies.js';
import { DemoUsersController } from './me.controller.js';
import { malformed, NotIdentified } from './problem.js';
import { ContactController } from './contact.controller.js';
import { PublicRegisterController } from './public-register.controller.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionController } from './session.controller.js';
import { SignInController } from './sign-in.controller.js';
import { STEP_UP } from './step-up.js';

/** What answers anybody. Everything else needs a principal, a new controller included. */
const PUBLIC: ReadonlySet<unknown> = new Set([
  ...[HealthController, DemoUsersController, LogController, SignInController, PublicRegisterController, ContactController],
]);
/** What answers somebody who has signed in and has no role yet, or none any more. */
const WITHOUT_ROLE: ReadonlySet<unknown> = new Set([SessionController, SecondFactorController]);
/** What somebody may do whose password was given by somebody else: choose their own, read who they are, and leave. */
const BEFORE_OWN_PASSWORD: ReadonlySet<unknown> = new Set([
  SessionController.prototype.show,
  SessionController.prototype.changePassword,
  SessionController.prototype.signOut,
]);
/** Asked by POST because the question is long; nothing is recorded. */
const QUESTIONS: ReadonlySet<string> = new Set([
  ...['/v1/plan-sheets/checks', '/v1/plan-sheets/marked', '/v1/self-checks', '/v1/self-checks/what-if', '/v1/eligibility'],
  ...['/v1/rule-sets/simulations', '/v1/procurement-tokens/verifications'],
]);

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
    identified?: Identified;
    /** Asks afresh who this is, for an answer that goes on for long; undefined once it is nobody any more. */
    principalNow?: () => Promise<Principal | undefined>;
  }
}

/** Turns the bearer token or the browser's session into the principal. Everything but `PUBLIC` needs one. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly identities: Identities,
    private readonly sessions: Sessions,
    private readonly reflector: Reflector,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (PUBLIC.has(context.getClass())) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, bearer] = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(request.headers.authorization ?? '') ?? [];
    // A header that is there and no bearer token was meant as something: the cookie does not make up for it.
    const cookie = request.headers.authorization === undefined ? heldByBrowser(request) : undefined;
    const credentials = { bearer, cookie, actAs: actAs(request), address: request.ip };
    const identified = await this.identities.identify(credentials, new Date().toISOString());
    if (identified === undefined) throw new NotIdentified();
    if (cookie !== undefined) this.refuseForgeries(request, cookie);
    request.identified = identified;
    const { session } = identified;
    if (session?.mustChangePassword === true && !BEFORE_OWN_PASSWORD.has(context.getHandler())) {
      throw new NotPermitted('password-change-required', {
        ko: '처음 받은 비밀번호로는 일할 수 없습니다. 먼저 본인만 아는 비밀번호로 바꾸십시오.',
        en: 'Nothing can be done with a password that somebody else gave. Choose your own first.',
      });
    }
    if (session?.recent === false && this.reflector.get(STEP_UP, context.getHandler()) === true) {
      throw new NotPermitted('step-up-required', {
        ko: '본인임을 다시 확인해야 하는 일입니다. 비밀번호(등록했으면 인증번호도)를 적거나 통합로그인에서 다시 로그인하십시오.',
        en: 'This takes showing once more that it is you: by password (and code where enrolled), or by signing in again at the provider.',
      });
    }
    if (WITHOUT_ROLE.has(context.getClass())) return true;
    if (identified.principal === null) {
      throw new NotPermitted('no-role-granted', {
        ko: '지금 쓸 수 있는 권한이 없습니다. 관리자에게 권한을 요청하거나 다른 기관으로 전환하십시오.',
        en: 'You hold no role here now. Ask an administrator for one, or switch to another agency.',
      });
    }
    const principal = this.here(identified.principal, request.ip);
    if (principal === undefined) {
      throw new NotPermitted('network-not-allowed', {
        ko: '지금 접속한 곳(네트워크)에서는 이 자격으로 일할 수 없습니다. 허용된 업무망에서 접속하십시오.',
        en: 'This role may not be exercised from the network you are in. Connect from one that is allowed.',
      });
    }
    if (session !== null && lacksSecondFactor(this.settings, session, principal.roles)) {
      if (session.method === 'provider') {
        throw new NotPermitted('stronger-sign-in-required', {
          ko: '이 자격으로 일하려면 통합로그인에서 더 강한 인증(2차 인증 등)으로 로그인해야 합니다. 다시 로그인하십시오.',
          en: 'This role takes a stronger sign-in at the identity provider, such as one with a second factor. Sign in again.',
        });
      }
      throw new NotPermitted('second-factor-missing', {
        ko: '이 자격으로 일하려면 인증 앱(2차 인증)을 먼저 등록해야 합니다. 내 계정에서 등록하십시오.',
        en: 'This role takes a second factor. Enrol an authenticator app in your account first.',
      });
    }
    const path = request.routeOptions.url ?? '';
    const act = request.method === 'GET' || request.method === 'HEAD' || QUESTIONS.has(path) ? 'read' : 'write';
    const part = path.split('/')[2] ?? '';
    if (!inScope(principal.scopes, part, act)) {
      throw new NotPermitted('scope-required', {
        ko: `이 열쇠로는 할 수 없습니다. 필요한 범위: ${part}:${act}.`,
        en: `This key does not reach so far. It takes the scope ${part}:${act}.`,
      });
    }
    request.principal = principal;
    request.principalNow = async () => {
      const now = (await this.identities.identify(credentials, new Date().toISOString()))?.principal ?? null;
      return now === null ? undefined : this.here(now, request.ip);
    };
    return true;
  }

  /** With the roles that may be exercised from there; undefined without any. */
  private here(principal: Principal, address: string): Principal | undefined {
    const roles = rolesFrom(this.settings, principal.roles, address);
    return roles.length === 0 ? undefined : { ...principal, roles };
  }

  /** A cookie comes along with whatever any page sends here: a change must also show that our own page sent it. */
  private refuseForgeries(request: FastifyRequest, cookie: string): void {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const token = request.headers['x-csrf-token'];
    if (fromOurPage(request) && token === this.sessions.csrfToken(cookie)) return;
    throw new NotPermitted('forged-request', {
      ko: '이 서비스의 화면에서 보낸 요청이 아닙니다. 화면을 새로 고친 뒤 다시 하십시오.',
      en: 'This request did not come from a page of this service. Load the page again.',
    });
  }
}

function actAs({ headers }: FastifyRequest): string | undefined {
  const wanted = headers['x-act-as'];
  if (wanted === undefined) return undefined;
  if (typeof wanted === 'string' && /^[a-zA-Z0-9._:-]{1,220}$/.test(wanted)) return wanted;
  throw malformed('X-Act-As', 'invalid-capacity', {
    ko: 'X-Act-As는 기관 코드이거나 delegation:위임번호여야 합니다.',
    en: 'X-Act-As is the id of an agency, or delegation: and the id of a delegation.',
  });
}
