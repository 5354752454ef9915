import { Injectable } from '@nestjs/common';
import { RuleViolated } from '@sajeon/domain';
import { Accounts, SecurityLog, Sessions } from '@sajeon/identity';
import type { FastifyRequest } from 'fastify';
import { tooManyFailures } from './problem.js';
import type { StillTheSameDto } from './second-factor.dto.js';
import { identifiedIn } from './signed-in.js';

/** 본인 확인: shows that whoever is signed in is still there, by all that a sign-in takes. */
@Injectable()
export class Proof {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly security: SecurityLog,
  ) {}

  /**
   * From now on the session counts as recently proved. A mistake counts as a failed sign-in.
   * @throws HttpProblem 429 while the account is locked; RuleViolated `second-factor-required`, `wrong-password-or-code`, `prove-at-provider`
   */
  async of(request: FastifyRequest, { password, code }: StillTheSameDto): Promise<void> {
    const { person, principal, session } = identifiedIn(request);
    if (session?.method !== 'password') {
      throw new RuleViolated('prove-at-provider', {
        ko: '기관 통합로그인에서 다시 로그인하여 본인임을 확인하십시오.',
        en: 'Sign in again at the identity provider to show that it is you.',
      });
    }
    const record = { person, agency: principal?.agency ?? null, address: request.ip };
    const attempt = await this.accounts.isStill(person, password, code ?? null);
    if (attempt.outcome === 'welcome') {
      await this.sessions.proved(session.session, request.ip);
      await this.security.record({ ...record, kind: 'proved-again', detail: { route: request.routeOptions.url ?? '' } });
      return;
    }
    if (attempt.outcome === 'code-needed') throw new RuleViolated('second-factor-required', CODE_NEEDED, '/code');
    if (attempt.outcome === 'locked') {
      await this.security.record({ ...record, kind: 'account-locked', detail: { method: 'proof' } });
      throw tooManyFailures(attempt.seconds);
    }
    await this.security.record({ ...record, kind: 'sign-in-refused', detail: { method: 'proof' } });
    throw new RuleViolated(
      'wrong-password-or-code',
      {
        ko: '비밀번호나 인증번호가 맞지 않습니다. 인증번호는 한 번만 쓸 수 있으니 앱에 새로 나온 것을 적으십시오.',
        en: 'Password or code is wrong. A code counts once: use the next one that the app shows.',
      },
      '/password',
    );
  }
}

export const CODE_NEEDED = {
  ko: '인증 앱에 보이는 여섯 자리 인증번호를 적으십시오. 휴대전화가 없으면 복구 코드를 적으십시오.',
  en: 'Type the six digits that your authenticator app shows, or a recovery code.',
};
