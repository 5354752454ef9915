import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { masked, personalDataIn, type Message, type PersonalDataKind } from '@sajeon/domain';
import type { FastifyRequest } from 'fastify';
import { HttpProblem, type FieldProblem } from './problem.js';

/** Where logins, passwords, and what goes into the vault are written: none of it reaches the record. */
const ELSEWHERE = /^\/v1\/(sign-in|session|personal-data|people|users\/:id\/account)(\/|$)/;

const TOLD: Readonly<Record<PersonalDataKind, Message>> = {
  'resident-registration-number': {
    ko: '주민등록번호가 들어 있습니다. 법으로 기록할 수 없으니 지우십시오.',
    en: 'This holds a resident registration number, which the law forbids to record. Remove it.',
  },
  'phone-number': { ko: '전화번호가 들어 있습니다.', en: 'This holds a phone number.' },
  'email-address': { ko: '전자우편 주소가 들어 있습니다.', en: 'This holds an e-mail address.' },
};

/**
 * Keeps personal data out of the record, which cannot forget. Phone numbers and e-mail addresses are offered masked; with
 * `X-Personal-Data: keep` whoever sends them says that they are meant to be there (a public desk's number). Resident registration numbers
 * never are.
 */
@Injectable()
export class FreeText implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method === 'GET' || ELSEWHERE.test(request.routeOptions.url ?? '')) return true;
    const kept = request.headers['x-personal-data'] === 'keep';
    const fields = [...textsIn(request.body, '')].flatMap(([pointer, text]) => problemsOf(pointer, text, kept));
    if (fields.length === 0) return true;
    throw new HttpProblem(
      400,
      'personal-data',
      {
        ko: `개인정보가 ${fields.length}곳에 들어 있습니다. 가린 글로 바꾸거나, 공개된 연락처라면 X-Personal-Data: keep을 붙여 다시 보내십시오.`,
        en: `There is personal data in ${fields.length} place(s). Send the masked text, or X-Personal-Data: keep where it is a public contact.`,
      },
      fields,
    );
  }
}

function problemsOf(pointer: string, text: string, kept: boolean): FieldProblem[] {
  const found = personalDataIn(text).filter(({ kind }) => !kept || kind === 'resident-registration-number');
  const [first] = found;
  if (first === undefined) return [];
  const never = found.some(({ kind }) => kind === 'resident-registration-number');
  const code = never ? 'resident-registration-number' : first.kind;
  const told = TOLD[code];
  const proposal = masked(text);
  return [
    {
      pointer,
      code,
      text: { ko: `${told.ko} 가린 글: ${proposal}`, en: `${told.en} Masked: ${proposal}` },
      proposal,
    },
  ];
}

function* textsIn(value: unknown, pointer: string): Iterable<readonly [pointer: string, text: string]> {
  if (typeof value === 'string') yield [pointer, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
      // A name of a field is as much text of somebody's as its value.
      yield [`${pointer}/${step}`, name];
      yield* textsIn(member, `${pointer}/${step}`);
    }
  }
}
