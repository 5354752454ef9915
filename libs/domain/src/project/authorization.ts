import type { AgencyAsNamed, Outcome } from '../consultation/events.js';
import { isLegalDate } from '../kernel/date.js';
import { Malformed, RuleViolated } from '../kernel/errors.js';
import { letterInForce, type ConsultedPlan } from './procurement.js';

/** 발주 확인: which plan may be ordered, on whose word, and what is still owed. What a procurement token says, and nothing else. */
export interface ProcurementAuthorization {
  readonly project: string;
  readonly agency: AgencyAsNamed;
  readonly consultation: string;
  readonly authority: AgencyAsNamed;
  readonly outcome: Exclude<Outcome, 'HOLD'>;
  readonly documentNumber: string;
  readonly notifiedOn: string;
  /** The plan decided upon, and later ones that were accepted without another review. */
  readonly plans: readonly { readonly version: number; readonly hash: string }[];
  readonly openConditions: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
  /** Decimal position of the last event of the consultation and of the project: the token knows of nothing later. */
  readonly asOf: string;
}

/**
 * What may be ordered on a day, by the letters about the project.
 * @throws RuleViolated `nothing-may-be-ordered` when no letter lets the project proceed
 */
export function authorizationOf(
  project: { readonly project: string; readonly agency: AgencyAsNamed; readonly abandoned: string | null },
  consulted: readonly ConsultedPlan[],
  on: string,
  asOf: string,
): ProcurementAuthorization {
  const letter = letterInForce(consulted, on);
  if (letter === null || letter.outcome === 'HOLD' || project.abandoned !== null) {
    throw new RuleViolated('nothing-may-be-ordered', {
      ko: '추진 또는 조건부추진으로 통보된 결과가 없어 발주할 수 없는 사업입니다. 협의 결과를 받은 뒤에 발급받으세요.',
      en: 'No result has been notified that lets this project proceed. Ask for the token once there is one.',
    });
  }
  const { consultation, authority, outcome, documentNumber, notifiedOn, plan, accepted, open } = letter;
  return {
    ...{ project: project.project, agency: project.agency, consultation, authority, outcome, documentNumber, notifiedOn },
    plans: [plan, ...accepted].map(({ version, hash }) => ({ version, hash })),
    openConditions: open,
    asOf,
  };
}

/** First line of a token, so that it is never taken for anything else that is signed. */
export const TOKEN_FORMAT = 'sajeon-procurement-token@1';

/** The text that is signed: the format, and the authorization as one line of JSON. */
export function tokenText(authorization: ProcurementAuthorization): string {
  return `${TOKEN_FORMAT}\n${JSON.stringify(authorization)}\n`;
}

/**
 * What a token says. Whether it is genuine is for the signature to tell.
 * @throws Malformed `not-a-token`
 */
export function readTokenText(text: string): ProcurementAuthorization {
  const [format, json, ...rest] = text.split('\n');
  if (format !== TOKEN_FORMAT || json === undefined || rest.length !== 1 || rest[0] !== '') throw notAToken();
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    throw notAToken();
  }
  if (!isAuthorization(read)) throw notAToken();
  return read;
}

type Fields = Readonly<Record<string, unknown>>;

function isAuthorization(value: unknown): value is ProcurementAuthorization {
  if (!isObject(value)) return false;
  const { outcome, notifiedOn, plans, openConditions, asOf, agency, authority } = value;
  return (
    [value['project'], value['consultation'], value['documentNumber']].every(isText) &&
    [agency, authority].every((each) => isObject(each) && isText(each['id']) && isText(each['name']) && isText(each['tier'])) &&
    (outcome === 'PROCEED' || outcome === 'PROCEED_CONDITIONALLY') &&
    isLegalDate(notifiedOn) &&
    Array.isArray(plans) &&
    plans.length > 0 &&
    plans.every((plan: unknown) => isObject(plan) && Number.isSafeInteger(plan['version']) && isHash(plan['hash'])) &&
    Array.isArray(openConditions) &&
    openConditions.every(
      (each: unknown) =>
        isObject(each) &&
        Number.isSafeInteger(each['number']) &&
        isText(each['text']) &&
        (each['dueOn'] === null || isLegalDate(each['dueOn'])),
    ) &&
    typeof asOf === 'string' &&
    /^\d{1,20}$/.test(asOf)
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function notAToken(): Malformed {
  return new Malformed('not-a-token', { ko: '발주 확인 토큰이 아닙니다.', en: 'This is not a procurement token.' }, '/token');
}
