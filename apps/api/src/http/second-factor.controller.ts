import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RuleViolated } from '@sajeon/domain';
import {
  Accounts,
  Directory,
  IDENTITY_SETTINGS,
  SecondFactors,
  SecurityLog,
  Sessions,
  type IdentitySettings,
  type SecurityEventKind,
} from '@sajeon/identity';
import type { FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import { Proof } from './proof.js';
import { ConfirmSecondFactorDto, EnrolmentDto, RecoveryCodesDto, SecondFactorDto, StillTheSameDto } from './second-factor.dto.js';
import { DoneDto } from './session.dto.js';
import { identifiedIn } from './signed-in.js';

/** 2차 인증: one-time codes of an app beside the password of an account of this installation. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('v1/session/second-factor')
export class SecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly accounts: Accounts,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly security: SecurityLog,
    private readonly proof: Proof,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** Whether an app is enrolled, and whether it must be. */
  @ApiOperation({ operationId: 'showSecondFactor' })
  @Get()
  async show(@Req() request: FastifyRequest): Promise<SecondFactorDto> {
    const { person, session } = identifiedIn(request);
    const possible = session?.method === 'password' && (await this.accounts.loginOf(person)) !== undefined;
    return { ...(await this.factors.stateOf(person)), required: possible && (await this.isRequired(person)), possible };
  }

  /** 인증 앱 등록 시작: a secret for the app. It counts once a code of it was sent to `confirmation`. */
  @ApiOperation({ operationId: 'beginSecondFactor' })
  @Post()
  @HttpCode(200)
  async begin(@Body() { password }: StillTheSameDto, @Req() request: FastifyRequest): Promise<EnrolmentDto> {
    const { person, login } = await this.account(request);
    // Whoever has enrolled one already is told so, whatever comes with the password.
    if ((await this.factors.stateOf(person)).enrolledAt === null) await this.proof.of(request, { password });
    const { secret, uri } = await this.factors.begin(person, login);
    return { secret, uri, qr: await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) };
  }

  /** 인증 앱 등록 확인: from now on each sign-in takes a code; every other session ends. Tells the recovery codes. */
  @ApiOperation({ operationId: 'confirmSecondFactor' })
  @Post('confirmation')
  @HttpCode(200)
  async confirm(@Body() { code }: ConfirmSecondFactorDto, @Req() request: FastifyRequest): Promise<RecoveryCodesDto> {
    const { person, session } = await this.account(request);
    const recoveryCodes = await this.factors.confirm(person, code);
    if (recoveryCodes === undefined) throw wrongCode();
    await this.sessions.showed(session, 'totp');
    await this.sessions.endAll(person, session);
    await this.record('second-factor-enrolled', request);
    return { recoveryCodes: [...recoveryCodes] };
  }

  /** 복구 코드 다시 받기: ten new ones; the former count no more. */
  @ApiOperation({ operationId: 'renewRecoveryCodes' })
  @Post('recovery-codes')
  @HttpCode(200)
  async renew(@Body() proof: StillTheSameDto, @Req() request: FastifyRequest): Promise<RecoveryCodesDto> {
    const { person } = await this.account(request);
    await this.needsOne(person);
    await this.proof.of(request, proof);
    const recoveryCodes = await this.factors.newRecoveryCodes(person);
    await this.record('recovery-codes-made', request);
    return { recoveryCodes: [...recoveryCodes] };
  }

  /** 인증 앱 해제: where no role of one's own requires it. Every other session ends. */
  @ApiOperation({ operationId: 'removeSecondFactor' })
  @Post('removal')
  @HttpCode(200)
  async remove(@Body() proof: StillTheSameDto, @Req() request: FastifyRequest): Promise<DoneDto> {
    const { person, session } = await this.account(request);
    await this.needsOne(person);
    await this.proof.of(request, proof);
    await this.factors.remove(person);
    await this.sessions.endAll(person, session);
    await this.record('second-factor-removed', request);
    return { status: 'done' };
  }

  private async account(
    request: FastifyRequest,
  ): Promise<{ readonly person: string; readonly login: string; readonly session: string }> {
    const { person, session } = identifiedIn(request);
    const login = session?.method === 'password' ? await this.accounts.loginOf(person) : undefined;
    if (session !== null && login !== undefined) return { person, login, session: session.session };
    throw new RuleViolated('no-account-here', {
      ko: '이 설치의 아이디와 비밀번호로 로그인한 사람만 쓰는 기능입니다. 통합로그인은 그쪽에서, 시연용 사용자는 쓰지 않습니다.',
      en: 'This is for accounts of this installation. A provider has its own; demonstration users have none.',
    });
  }

  private async needsOne(person: string): Promise<void> {
    if ((await this.factors.stateOf(person)).enrolledAt !== null) return;
    throw new RuleViolated('no-second-factor', { ko: '등록한 인증 앱이 없습니다.', en: 'No app is enrolled.' });
  }

  private async isRequired(person: string): Promise<boolean> {
    const capacities = await this.directory.capacities(person, new Date().toISOString());
    return capacities.some(({ roles }) => roles.some((role) => this.settings.secondFactorFor.includes(role)));
  }

  private record(kind: SecurityEventKind, request: FastifyRequest, detail: Record<string, string> = {}): Promise<void> {
    const { person, principal } = identifiedIn(request);
    return this.security.record({ kind, person, agency: principal?.agency ?? null, address: request.ip, detail });
  }
}

function wrongCode(): RuleViolated {
  return new RuleViolated(
    'wrong-code',
    {
      ko: '인증번호가 맞지 않습니다. 앱에 지금 보이는 여섯 자리를 적으십시오. 계속 틀리면 휴대전화의 시각을 확인하십시오.',
      en: 'That code is wrong. Type the six digits that the app shows now; check the clock of the telephone if it goes on.',
    },
    '/code',
  );
}
