import type { Decider, DomainCommand } from '../kernel/decider.js';
import { NotPermitted, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkHash, checkId, checkList, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { Deposited, PersonalDataEvent, PersonalField } from './events.js';

export const PERSONAL_FIELDS: readonly PersonalField[] = ['name', 'phone', 'email'];

export type DepositPersonalData = DomainCommand<
  'deposit-personal-data',
  { readonly subject: string; readonly fields: readonly Deposited[] }
>;
export type RequestErasure = DomainCommand<'request-erasure', { readonly legalBasis: string }>;
export type DeclineErasure = DomainCommand<'decline-erasure', { readonly reason: string }>;
/** `keyFingerprint`: of the key that the vault will destroy, looked up by whoever sends the command. */
export type ApproveErasure = DomainCommand<'approve-erasure', { readonly keyFingerprint: string }>;
export type HoldRetention = DomainCommand<'hold-retention', { readonly reason: string }>;
export type ReleaseRetention = DomainCommand<'release-retention', { readonly reason: string }>;

export type PersonalDataCommand =
  DepositPersonalData | RequestErasure | DeclineErasure | ApproveErasure | HoldRetention | ReleaseRetention;

interface Subject {
  readonly subject: string;
  /** Deposits that stand, oldest first. */
  readonly fields: readonly Deposited[];
  readonly request: { readonly person: string; readonly legalBasis: string } | null;
  readonly hold: { readonly reason: string } | null;
  /** Deposits that were erased. */
  readonly erased: readonly string[];
}

/** Null until something was deposited. */
export type PersonalDataState = Subject | null;

function decide(command: PersonalDataCommand, state: PersonalDataState): readonly PersonalDataEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'deposit-personal-data': {
      const { subject, fields } = command.data;
      checkId(subject, '/subject');
      checkDeposits(fields);
      if (fields.every((field) => state?.fields.some((known) => same(known, field)))) return [];
      return [{ type: 'personal-data-deposited', data: { by, at, subject, fields } }];
    }
    case 'request-erasure': {
      const { legalBasis } = command.data;
      checkText(legalBasis, '/legalBasis', LIMITS.reason);
      const subject = deposited(state);
      if (same(subject.request, { person: by.person, legalBasis })) return [];
      if (subject.request !== null) {
        throw new RuleViolated('erasure-already-requested', {
          ko: '파기가 이미 요청되어 있습니다. 승인하거나 반려하세요.',
          en: 'An erasure has been requested already. Approve or decline it.',
        });
      }
      notHeld(subject);
      return [{ type: 'erasure-requested', data: { by, at, legalBasis } }];
    }
    case 'decline-erasure': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      requested(state);
      return [{ type: 'erasure-declined', data: { by, at, reason } }];
    }
    case 'approve-erasure': {
      const { keyFingerprint } = command.data;
      checkHash(keyFingerprint, '/keyFingerprint');
      const { subject, fields, request, hold } = requested(state);
      notHeld({ hold });
      if (request.person === by.person) {
        throw new NotPermitted('own-erasure-request', {
          ko: '파기를 요청한 사람은 승인할 수 없습니다. 다른 담당자가 승인해야 합니다.',
          en: 'Whoever requested the erasure may not approve it. It takes a second person.',
        });
      }
      const gone = fields.map(({ $pii, path }) => ({ ref: $pii, path }));
      const { legalBasis, person: requestedBy } = request;
      return [{ type: 'personal-data-erased', data: { by, at, subject, fields: gone, legalBasis, requestedBy, keyFingerprint } }];
    }
    case 'hold-retention': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      const subject = deposited(state);
      return same(subject.hold, { reason }) ? [] : [{ type: 'retention-held', data: { by, at, reason } }];
    }
    case 'release-retention': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      if (deposited(state).hold === null) return [];
      return [{ type: 'retention-released', data: { by, at, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function checkDeposits(fields: readonly Deposited[]): void {
  checkList(fields, '/fields', LIMITS.listItems);
  if (fields.length === 0) checkText('', '/fields', 1);
  fields.forEach(({ $pii, path, c }, index) => {
    checkId($pii, `/fields/${index}/$pii`);
    checkChoice(path, PERSONAL_FIELDS, `/fields/${index}/path`);
    checkHash(c, `/fields/${index}/c`);
  });
}

function deposited(state: PersonalDataState): Subject {
  if (state !== null && state.fields.length > 0) return state;
  throw new RuleViolated('no-personal-data', {
    ko: '보관된 개인정보가 없습니다.',
    en: 'The vault holds nothing about this person.',
  });
}

function requested(state: PersonalDataState): Subject & { readonly request: NonNullable<Subject['request']> } {
  const subject = deposited(state);
  if (subject.request !== null) return { ...subject, request: subject.request };
  throw new RuleViolated('erasure-not-requested', {
    ko: '파기가 요청되지 않았습니다. 먼저 한 사람이 요청해야 합니다.',
    en: 'Nobody has requested the erasure. One person requests it, another approves.',
  });
}

/** 개인정보 보호법 제21조: what other law obliges to keep is not destroyed. */
function notHeld({ hold }: Pick<Subject, 'hold'>): void {
  if (hold === null) return;
  throw new RuleViolated('retention-held', {
    ko: `보존 의무로 파기가 보류되어 있습니다(사유: ${hold.reason}).`,
    en: `A duty to keep the data stands in the way (${hold.reason}).`,
  });
}

function evolve(state: PersonalDataState, event: PersonalDataEvent): PersonalDataState {
  if (event.type === 'personal-data-deposited') {
    const { subject, fields } = event.data;
    const before = state ?? { subject, fields: [], request: null, hold: null, erased: [] };
    return { ...before, fields: [...before.fields, ...fields] };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'erasure-requested':
      return { ...state, request: { person: event.data.by.person, legalBasis: event.data.legalBasis } };
    case 'erasure-declined':
      return { ...state, request: null };
    case 'personal-data-erased': {
      const gone = event.data.fields.map(({ ref }) => ref);
      return {
        ...state,
        request: null,
        fields: state.fields.filter(({ $pii }) => !gone.includes($pii)),
        erased: [...state.erased, ...gone],
      };
    }
    case 'retention-held':
      return { ...state, hold: { reason: event.data.reason } };
    case 'retention-released':
      return { ...state, hold: null };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** 개인정보의 보관과 파기: deposits as commitments, erasure by two people, and holds that stand in its way. */
export const personalDataDecider: Decider<PersonalDataCommand, PersonalDataEvent, PersonalDataState> = {
  initialState: null,
  decide,
  evolve,
};
