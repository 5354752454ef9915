import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  APPLICANT_ACTS,
  INTERNAL_ACTS,
  maySeeCase,
  maySeeInternalOpinion,
  partiesOf,
  type CaseParties,
  type Principal,
} from '@sajeon/access';
import { CONSULTATION, Decisions, PROJECT, ToConsultation, type Envelope } from '@sajeon/decisions';
import { readRecorded, RuleViolated, type Consultation, type ConsultationCommand, type Stamp } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { withoutInternalOpinion, type CaseDocument } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import type { Asking } from './asking.js';
import { NoSuchRecord } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';

/** A command on a consultation without who asks when. */
export type Asked = Unstamped<ConsultationCommand>;
type Unstamped<C extends ConsultationCommand> = C extends ConsultationCommand
  ? { readonly type: C['type']; readonly data: Omit<C['data'], keyof Stamp> }
  : never;

/** What every act on a consultation begins and ends with. */
@Injectable()
export class Cases {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
  ) {}

  /** @throws NoSuchRecord for a case that the asking agency may not know of */
  async visible(id: string, { principal }: Pick<Asking, 'principal'>): Promise<Consultation> {
    const { state } = await this.decisions.load(CONSULTATION, id);
    if (state === null) throw new NoSuchRecord();
    if (!maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord(true);
    return state;
  }

  /**
   * Sends what somebody asks for about a case that they may know of. Who asks when is added here.
   * @throws NoSuchRecord, and what the command throws
   */
  async act(id: string, asking: Asking, asked: Asked | ((the: Consultation) => Asked | Promise<Asked>)): Promise<ReceiptDto> {
    const the = await this.visible(id, asking);
    const { type, data } = typeof asked === 'function' ? await asked(the) : asked;
    // Taking who and when out of a command and putting them in again gives the command; the compiler cannot follow the union through that.
    const command = { type, data: { ...data, by: asking.by, at: asking.at } } as ConsultationCommand;
    return this.send(id, asking, command);
  }

  /**
   * The receipt of a case: which rules it froze, and when.
   * @throws RuleViolated `not-received` before there is one
   */
  async received(id: string): Promise<{ readonly ruleSet: string; readonly at: string }> {
    const { events } = await this.decisions.load(CONSULTATION, id);
    for (const event of events.map(readRecorded)) if (event.type === 'consultation-received') return event.data;
    throw new RuleViolated('not-received', {
      ko: '아직 접수되지 않아 이 사건에 적용할 규칙이 정해지지 않았습니다.',
      en: 'The case has not been received, so no rules are frozen into it yet.',
    });
  }

  /** What the newest assessment of the case's project says about disaster safety; null where it was never assessed. */
  async disasterSafety({ project }: Pick<Consultation, 'project'>): Promise<boolean | null> {
    return (await this.decisions.load(PROJECT, project)).state?.assessment?.isDisasterSafety ?? null;
  }

  /** A case as it is read: with the headers that say which revision it is. @throws NoSuchRecord */
  async shown(id: string, principal: Principal, reply: FastifyReply): Promise<Consultation> {
    const the = await this.visible(id, { principal });
    const last = (await this.decisions.load(CONSULTATION, id)).events.at(-1);
    void reply.headers({ etag: `"${last?.revision}"`, 'x-position': String(last?.position) });
    return the;
  }

  async send(id: string, { envelope }: { readonly envelope: Envelope }, command: ConsultationCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToConsultation(id, command, envelope)));
  }
}

/**
 * Which events of a case may be told to somebody: what happened inside the authority is told with the letter that it led to. After an upheld
 * objection that is the amended letter, not the first. What the applicant said to itself before it filed stays with it.
 */
export function toldTo(
  principal: Principal,
  the: Consultation,
  events: readonly RecordedEvent[],
): (event: { readonly type: string; readonly position: string | bigint }) => boolean {
  const ofTheApplicant = principal.agency === the.applicant.id || principal.roles.includes('auditor');
  const ofTheAuthority = maySeeInternalOpinion(principal, partiesOf(the));
  const letter = events.findLast(({ type }) => type === 'result-notified')?.position ?? 0n;
  return ({ type, position }) =>
    (ofTheApplicant || !APPLICANT_ACTS.has(type)) && (ofTheAuthority || !INTERNAL_ACTS.has(type) || BigInt(position) <= letter);
}

/** Who has to do with the case as this document shows it. */
export function partiesIn(document: CaseDocument): CaseParties {
  const over = document.decision !== null || document.ended !== null;
  const asked = over ? [] : (document.jointReviews ?? []).filter(({ closed }) => closed === null);
  return {
    applicantAgency: document.applicant.id,
    authorityAgency: document.authority.id,
    draft: document.submitted === null,
    invitedAgencies: asked.map(({ owner }) => owner.id),
    formerAuthority: document.escalation?.from.id,
  };
}

/** The authority's internal opinion is left out for the applicant until the letter goes out. */
export function shownTo(principal: Principal, document: CaseDocument): CaseDocument {
  return maySeeInternalOpinion(principal, partiesIn(document)) ? document : withoutInternalOpinion(document);
}
