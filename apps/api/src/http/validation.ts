import { Injectable, ValidationPipe, type CanActivate, type ExecutionContext, type ValidationError } from '@nestjs/common';
import type { Message } from '@sajeon/domain';
import type { FastifyRequest } from 'fastify';
import { HttpProblem, type FieldProblem } from './problem.js';

/** Bodies and parameters are read strictly: an unknown field is an error, because somebody meant something by it. */
export function strictValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false },
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => fieldProblems(error, ''));
      return new HttpProblem(
        400,
        'invalid-request',
        {
          ko: `요청에 고칠 곳이 ${fields.length}군데 있습니다. errors의 각 항목을 고쳐 다시 보내십시오.`,
          en: `The request has ${fields.length} thing(s) to mend. Correct each entry of errors and send it again.`,
        },
        fields,
      );
    },
  });
}

/** Nothing that we read is deeper; what is would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 16;

/** Before anything walks the body. */
@Injectable()
export class ShallowBodies implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body, query, params } = context.switchToHttp().getRequest<FastifyRequest>();
    refuseUnstorable({ ...Object(query), ...Object(params) });
    if (!isDeeperThan(MAX_DEPTH, body)) return refuseUnsayable(body, '');
    throw new HttpProblem(400, 'too-deep', {
      ko: `본문이 너무 깊이 겹쳐 있습니다(최대 ${MAX_DEPTH}단계).`,
      en: `The body is nested too deeply (${MAX_DEPTH} levels at most).`,
    });
  }
}

/** PostgreSQL has no text with U+0000 in it, and no parameter means one. */
function refuseUnstorable(parameters: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (![value].flat().some((each) => typeof each === 'string' && each.includes('\0'))) continue;
    const text = { ko: '보이지 않는 제어문자를 지우십시오.', en: 'Remove the control character.' };
    throw new HttpProblem(400, 'invalid-request', text, [{ pointer: `/${name}`, code: 'control-character', text }]);
  }
}

/** Every object has these already, so that whatever looks for unknown fields looks past them. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** @throws HttpProblem for a name that every object has, and for a number beyond what a number can be, which JSON reads as infinity */
function refuseUnsayable(value: unknown, pointer: string): true {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const text = { ko: '숫자가 너무 큽니다.', en: 'This number is too large.' };
    throw new HttpProblem(400, 'invalid-request', text, [{ pointer, code: 'too-large', text }]);
  }
  if (typeof value !== 'object' || value === null) return true;
  for (const [name, member] of Object.entries(value)) {
    const place = `${pointer}/${name}`;
    if (RESERVED.has(name)) {
      const text = {
        ko: '이 요청에 없는 항목입니다. 지우거나 이름을 고치십시오.',
        en: 'There is no such field. Remove it or correct its name.',
      };
      throw new HttpProblem(400, 'invalid-request', text, [{ pointer: place, code: 'unknown-field', text }]);
    }
    refuseUnsayable(member, place);
  }
  return true;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((member) => (typeof member === 'object' && member !== null ? Object.values(member) : []));
  }
  return false;
}

function fieldProblems(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const broken = Object.entries(error.constraints ?? {});
  // What is not text is not too long either: one thing to mend for each field.
  const first = broken.find(([constraint]) => TYPE_CONSTRAINTS.has(constraint)) ?? broken[0];
  // What is not there is not of the wrong kind.
  const isMissing = error.value === undefined && first?.[0] !== 'whitelistValidation';
  const own = first === undefined ? [] : [isMissing ? fieldProblem(pointer, 'isDefined', '') : fieldProblem(pointer, ...first)];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, pointer))];
}

/** class-validator gives English only; its numbers are taken over into the Korean sentence. */
function fieldProblem(pointer: string, constraint: string, english: string): FieldProblem {
  const [code, korean] = SENTENCES[constraint] ?? ['invalid', () => '올바르지 않은 값입니다.'];
  const numbers = (english.match(/-?\d+/g) ?? []).map((number) => Number(number).toLocaleString('ko-KR'));
  // The choices, or the form that is asked for.
  const choices = (/: (.+)$/.exec(english) ?? /must match \/(.+)\/\w* regular expression$/.exec(english))?.[1] ?? '';
  const text: Message = { ko: korean(numbers.at(-1) ?? '', choices), en: ENGLISH[constraint] ?? `${english}.` };
  return { pointer, code, text };
}

const TYPE_CONSTRAINTS: ReadonlySet<string> = new Set([
  'isDefined',
  'isString',
  'isArray',
  'isInt',
  'isNumber',
  'isBoolean',
  'isObject',
]);

const ENGLISH: Readonly<Record<string, string>> = {
  isDefined: 'This is needed.',
  whitelistValidation: 'There is no such field. Remove it or correct its name.',
  isOptionalText: 'Must be text.',
};

const SENTENCES: Readonly<Record<string, readonly [code: string, korean: (limit: string, choices: string) => string]>> = {
  whitelistValidation: ['unknown-field', () => '이 요청에 없는 항목입니다. 지우거나 이름을 고치십시오.'],
  isString: ['not-text', () => '글자(문자열)로 적으십시오.'],
  isNotEmpty: ['required', () => '반드시 적어야 합니다.'],
  isDefined: ['required', () => '반드시 적어야 합니다.'],
  minLength: ['too-short', (limit) => `${limit}자 이상 적으십시오.`],
  maxLength: ['too-long', (limit) => `${limit}자 이하로 줄이십시오.`],
  isInt: ['not-a-whole-number', () => '정수로 적으십시오.'],
  isNumber: ['not-a-number', () => '숫자로 적으십시오.'],
  min: ['too-small', (limit) => `${limit} 이상이어야 합니다.`],
  max: ['too-large', (limit) => `${limit} 이하여야 합니다.`],
  isIn: ['not-a-choice', (_, choices) => `정해진 값 가운데 하나여야 합니다: ${choices}`],
  isEnum: ['not-a-choice', (_, choices) => `정해진 값 가운데 하나여야 합니다: ${choices}`],
  isArray: ['not-a-list', () => '목록(배열)으로 적으십시오.'],
  arrayMinSize: ['too-few', (limit) => `${limit}개 이상이어야 합니다.`],
  arrayMaxSize: ['too-many', (limit) => `${limit}개 이하여야 합니다.`],
  matches: ['wrong-form', (_, form) => `정해진 형식이 아닙니다. 이 정규식에 맞게 적으십시오: ${form}`],
  isBoolean: ['not-a-boolean', () => 'true 또는 false로 적으십시오.'],
  isObject: ['not-an-object', () => '객체로 적으십시오.'],
  nestedValidation: ['not-an-object', () => '객체로 적으십시오.'],
  isLegalDate: ['not-a-date', () => '있는 날짜를 YYYY-MM-DD로 적으십시오.'],
  isPlainText: ['control-character', () => '보이지 않는 제어문자를 지우십시오.'],
};
