/** The JSON of the HTTP contract, as far as this application reads it. `/openapi.json` has the whole. */

export type Role =
  'applicant' | 'applicant-approver' | 'reviewer' | 'approver' | 'owner' | 'auditor' | 'administrator' | 'system';
export type Tier = 'CENTRAL' | 'METROPOLITAN' | 'BASIC_LOCAL' | 'PUBLIC_INSTITUTION' | 'LOCAL_PUBLIC_CORP' | 'EDUCATION_OFFICE';
export type Status =
  | 'draft'
  | 'submitted'
  | 'received'
  | 'under-review'
  | 'awaiting-applicant'
  | 'pending-approval'
  | 'approved'
  | 'objection'
  | 'notified'
  | 'follow-up'
  | 'closed'
  | 'returned'
  | 'withdrawn';
export type Holder = 'applicant' | 'authority';
export type Outcome = 'PROCEED' | 'PROCEED_CONDITIONALLY' | 'HOLD';
export type Track = 'standard' | 'isp' | 'fast';
export type Facet = 'title' | 'purpose' | 'function' | 'data' | 'users' | 'text';
export type Level = 'central' | 'metropolitan' | 'local' | 'public' | 'joint';

export interface Me {
  readonly person: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly roles: readonly Role[];
}

/** What somebody may act as. */
export interface Capacity {
  readonly id: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly roles: readonly Role[];
  readonly delegation?: { readonly id: string; readonly delegator: string; readonly kind: 'acting' | 'standing' };
  readonly successor?: string;
}
export interface SignedIn {
  readonly person: string;
  readonly capacities: readonly Capacity[];
  readonly capacity: string | null;
  readonly csrfToken: string | null;
  readonly method: 'password' | 'provider' | null;
  readonly mustChangePassword: boolean;
  readonly mustEnrolSecondFactor: boolean;
  readonly mustSignInStronger: boolean;
  readonly draftKey: string | null;
  readonly endsAt: string | null;
  readonly idleMinutes: number;
}
export interface SignInMethods {
  readonly password: boolean;
  readonly provider: boolean;
  readonly demo: boolean;
}
export interface DemoUser {
  readonly token: string;
  readonly ko: string;
  readonly en: string;
  readonly agency: string;
  readonly roles: readonly Role[];
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly position: string;
}

export interface Receipt {
  readonly id: string;
  readonly revision: string;
  readonly position: string;
}

/** One line of the cost table; `functions` are places in the plan's list, from 0. */
export interface CostLine {
  readonly label: string;
  readonly krw: number;
  readonly functions: readonly number[];
}

export interface PlanContent {
  readonly title: string;
  readonly purpose: string;
  readonly functions: readonly string[];
  readonly users: readonly string[];
  readonly data: readonly string[];
  readonly technologies: readonly string[];
  readonly text: string;
  readonly budgetKrw: number | null;
  readonly orderPlannedOn: string | null;
  /** Absent in a plan without a cost table. */
  readonly costLines?: readonly CostLine[];
}

export interface PlanVersion {
  readonly version: number;
  readonly hash: string;
  readonly content: PlanContent;
}

export interface Actor {
  readonly person: string;
  readonly agency: string;
}
export interface Act {
  readonly by: Actor;
  readonly at: string;
}
export interface NamedAgency {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
}

/** `field` names the string of the plan or entry, `index` its place in a list; `start` and `end` count UTF-16 units. */
export interface Passage {
  readonly field: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}
export interface Evidence {
  readonly facet: Facet;
  readonly score: number;
  readonly plan: Passage;
  readonly candidate: Passage;
  readonly terms: readonly string[];
}
export interface Settlement extends Act {
  readonly candidate: string;
  readonly verdict: 'confirmed' | 'dismissed';
  readonly relation: string;
  readonly reason: string;
  readonly probability: number | null;
}
export interface Candidate {
  readonly id: string;
  readonly kind: 'system' | 'plan';
  readonly name: string;
  readonly agency: string;
  readonly probability: number;
  readonly flagged: boolean;
  readonly facets: Readonly<Partial<Record<Facet, number>>>;
  readonly evidence: readonly Evidence[];
  readonly reasons?: readonly string[];
  readonly settlement?: Settlement | null;
  /** Why a person added it; absent when the engine found it. */
  readonly added?: string;
  /** What the two may be to each other: a proposal, never a verdict. */
  readonly relation?: {
    readonly relation: string;
    readonly because: readonly { readonly ground: string; readonly quote?: string }[];
  };
  /** How many more records read the same. */
  readonly alike?: number;
}
/** A candidate that a person knew of. */
export interface AddedCandidate {
  readonly id: string;
  readonly kind: 'system' | 'plan';
  readonly name: string;
  readonly agency: string;
  readonly added: Act;
  readonly reason: string;
  readonly settlement: Settlement | null;
}
export interface Finding {
  readonly planVersion: number;
  readonly engine: Readonly<Record<string, string>>;
  readonly inventoryPosition: string;
  readonly compared: number;
  readonly threshold: number;
  readonly judgeable?: boolean;
  readonly screened?: Act;
  readonly candidates: readonly Candidate[];
  /** Functions that an existing system has already; `saving` null: unknown, for want of cost lines. */
  readonly reuse?: readonly {
    readonly candidate: string;
    readonly functions: readonly number[];
    readonly of: number;
    readonly saving: { readonly lowKrw: number; readonly highKrw: number } | null;
  }[];
}
/** What would be found without one function of the plan. */
export interface Dropped {
  readonly function: number;
  readonly probability: number;
  readonly flagged: readonly string[];
}

/** A plan beside one candidate, function by function; shares 0…1. */
export interface Comparison {
  readonly candidate: string;
  readonly name: string;
  readonly planFunctions: readonly string[];
  readonly candidateFunctions: readonly string[];
  readonly functions: readonly (readonly number[])[];
  readonly planData: readonly string[];
  readonly candidateData: readonly string[];
  readonly data: readonly (readonly number[])[];
  readonly level: { readonly plan: string | null; readonly candidate: string | null; readonly relation: string };
  readonly region: { readonly plan: string | null; readonly candidate: string | null; readonly relation: string };
  readonly channels: {
    readonly plan: readonly string[];
    readonly candidate: readonly string[];
    readonly both: readonly string[];
  };
  readonly budget: { readonly planKrw: number | null; readonly candidateKrw: number | null };
  readonly signals: readonly { readonly signal: string; readonly value: number; readonly logOdds: number }[];
}

export type RequestKind = 'supplement' | 'correction' | 'explanation';
export interface CorrectionItem {
  readonly number: number;
  /** 보완, 시정, 소명; 시정 when absent. */
  readonly kind?: RequestKind;
  /** The passage meant. */
  readonly quote?: string;
  /** Why it is asked only now, where an earlier round saw the same text. */
  readonly because?: string;
  readonly pointer: string;
  readonly text: string;
  readonly answer: string | null;
}
export interface CorrectionRound {
  readonly round: number;
  readonly requested: Act;
  readonly respondBy: string;
  readonly items: readonly CorrectionItem[];
  readonly responded: (Act & { readonly planVersion: number }) | null;
  readonly verdict?: Act & { readonly accepted: boolean; readonly remarks: string };
  readonly extensionAsked?: Act & {
    readonly respondBy: string;
    readonly reason: string;
    readonly declined: (Act & { readonly reason: string }) | null;
  };
  readonly extensions?: readonly (Act & {
    readonly respondBy: string;
    readonly formerRespondBy: string;
    readonly reason: string;
  })[];
  readonly reminders?: readonly (Act & { readonly daysBefore: number | null })[];
  readonly overdue?: Act & { readonly respondBy: string };
  /** The review went on without the answer. */
  readonly onFile?: Act & { readonly reason: string };
}

/** 신구대조 of one place: the words before and after an answer. */
export interface PlaceComparison {
  readonly change: string;
  readonly before: string;
  readonly after: string | null;
}
export interface RoundComparison {
  readonly round: number;
  readonly items: readonly { readonly number: number; readonly comparison: PlaceComparison | null }[];
}
export interface Condition {
  readonly number: number;
  readonly text: string;
  readonly dueOn: string | null;
  readonly candidate: string | null;
  /** Of the condition library; absent when the reviewer found words of its own, and said why. */
  readonly code?: string;
  readonly ownWordingBecause?: string;
  /** Who must act. */
  readonly owner?: string;
  /** What must be handed in. */
  readonly evidence?: readonly string[];
}
export type ItemVerdict = 'SUITABLE' | 'SUITABLE_WITH_CONDITIONS' | 'UNSUITABLE' | 'NOT_APPLICABLE';
export interface ItemOpinion {
  readonly item: number;
  readonly name: Message;
  readonly verdict: ItemVerdict;
  readonly text: string;
}
/** What a decision goes through, by the rules that the case froze at receipt. */
export interface DecisionRules {
  readonly ruleSet: string;
  readonly checklist: readonly { readonly number: number; readonly name: Message }[];
  readonly conditions: readonly { readonly code: string; readonly text: Message; readonly evidence: Message }[];
}
export interface Basis {
  readonly position: string;
  readonly viewHash: string;
  readonly ruleSet: string;
}
export interface Proposal {
  readonly proposal: number;
  readonly proposed: Act;
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly Condition[];
  readonly basis: Basis;
  readonly approved: (Act & { readonly basis: Basis }) | null;
  readonly sentBack: (Act & { readonly reason: string }) | null;
  readonly opinions?: readonly ItemOpinion[];
  /** When the content changed after the approval. */
  readonly invalidated?: Act & { readonly because: string };
}
export interface Letter {
  readonly documentNumber: string;
  readonly notified: Act;
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly Condition[];
  readonly opinions?: readonly ItemOpinion[];
  /** Number of the letter that this one takes the place of. */
  readonly amends?: string;
}

/** A condition of the letter and what has become of it. `submitted`: a result waits for the authority. */
export interface Obligation {
  readonly condition: number;
  readonly text: string;
  readonly dueOn: string | null;
  readonly candidate: string | null;
  readonly status: 'open' | 'submitted' | 'fulfilled' | 'waived' | 'lapsed';
  readonly overdue: boolean;
  readonly actionPlan: (Act & { readonly actionPlan: string; readonly completeBy: string }) | null;
  readonly results: readonly {
    readonly submission: number;
    readonly submitted: Act;
    readonly result: string;
    readonly evidence: readonly { readonly text: string; readonly attachment: string | null }[];
    readonly rejected: (Act & { readonly reason: string }) | null;
  }[];
  readonly extensions: readonly (Act & { readonly dueOn: string; readonly formerDueOn: string; readonly reason: string })[];
  readonly waiver: (Act & { readonly reason: string; readonly declined: (Act & { readonly reason: string }) | null }) | null;
  readonly recommendations: readonly {
    readonly recommendation: number;
    readonly issued: Act;
    readonly text: string;
    readonly answerBy: string;
    readonly answered: (Act & { readonly answer: string }) | null;
  }[];
  readonly settled: (Act & { readonly remarks: string }) | null;
}

export type OwnerOpinion = 'REUSE_POSSIBLE' | 'LINK' | 'DIFFERENT' | 'OBJECTION';
export type Conclusion = 'AGREEMENT' | 'NO_AGREEMENT' | 'SILENCE';

/** The owner of a candidate is asked for its opinion. */
export interface JointReview {
  readonly review: number;
  readonly candidate: string;
  readonly owner: NamedAgency;
  readonly opened: Act;
  readonly dueOn: string;
  readonly opinions: readonly (Act & { readonly opinion: OwnerOpinion; readonly terms: string })[];
  readonly adjustment: (Act & { readonly adjustment: string; readonly agreed: Act | null }) | null;
  readonly closed: (Act & { readonly conclusion: Conclusion; readonly remarks: string }) | null;
}

export interface Objection {
  readonly objection: number;
  readonly letter: string;
  readonly raised: Act;
  readonly grounds: string;
  readonly decided: (Act & { readonly upheld: boolean; readonly reason: string }) | null;
}
export interface ReportedChange {
  readonly change: number;
  readonly reported: Act;
  readonly plan: PlanVersion;
  readonly decidedVersion: number;
  readonly reason: string;
  /** What is material about it; empty when it needs no further consultation. */
  readonly material: readonly { readonly kind: string }[];
}
export interface Rounds {
  readonly rounds: readonly {
    readonly consultation: string;
    readonly round: number;
    readonly status: Status;
    readonly outcome: Outcome | null;
    readonly documentNumber: string | null;
    readonly because: string | null;
  }[];
}

export interface Case {
  readonly consultation: string;
  readonly project: string;
  readonly applicant: NamedAgency;
  readonly authority: NamedAgency;
  readonly status: Status;
  readonly holder: Holder | null;
  readonly drafted: Act;
  readonly submitted: Act | null;
  readonly received: (Act & { readonly track: Track; readonly dueOn: string; readonly ruleSet: string }) | null;
  readonly plan: PlanVersion;
  readonly signOff?: {
    readonly requested: Act | null;
    readonly sentBack: (Act & { readonly reason: string }) | null;
  };
  readonly earlierPlans: readonly (PlanVersion & { readonly brought: Act })[];
  readonly planBrought: Act;
  readonly finding: Finding | null;
  readonly unsettled: readonly string[];
  readonly corrections: readonly CorrectionRound[];
  readonly proposals: readonly Proposal[];
  readonly decision: Proposal | null;
  readonly letter: Letter | null;
  /** From a conditional letter on. */
  readonly obligations?: readonly Obligation[];
  readonly jointReviews?: readonly JointReview[];
  readonly meetings?: readonly (Act & { readonly meeting: number; readonly heldOn: string; readonly minutes: string })[];
  readonly trackChanges?: readonly (Act & {
    readonly track: Track;
    readonly reason: string;
    readonly candidate: string | null;
  })[];
  readonly delayNotices?: readonly (Act & {
    readonly dueOn: string;
    readonly expectedNotificationOn: string;
    readonly reason: string;
  })[];
  readonly assignments?: readonly (Act & {
    readonly reviewer: Actor;
    readonly former: Actor | null;
    readonly reason: string | null;
  })[];
  readonly addedCandidates?: readonly AddedCandidate[];
  readonly earlierLetters?: readonly Letter[];
  readonly objections?: readonly Objection[];
  readonly changes?: readonly ReportedChange[];
  readonly abandoned?: Act & { readonly reason: string };
  /** 이관: the ministry decides from then on. */
  readonly escalation?: Act & { readonly from: NamedAgency; readonly candidate: string | null; readonly reason: string };
  readonly previousConsultation?: { readonly consultation: string; readonly because: string };
  /** What the applicant says about a candidate. */
  readonly differences?: readonly (Act & { readonly candidate: string; readonly statement: string })[];
  readonly ended: (Act & { readonly how: 'returned' | 'withdrawn'; readonly reason: string }) | null;
  readonly revision: string;
  readonly position: string;
}

export type Severity = 'overdue' | 'urgent' | 'half' | 'ample';

/** Where the clock of a case stands at the end of a day, and why. */
export interface Clock {
  readonly asOf: string;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly receivedOn: string;
  readonly given: number;
  readonly used: number;
  readonly authorityHeldDays: number;
  readonly applicantHeldDays: number;
  readonly intervals: readonly {
    readonly holder: Holder;
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly round: number | null;
  }[];
  readonly dueOn: string;
  readonly overdueDays: number;
  readonly severity: Severity;
  readonly forecast: { readonly breachOn: string | null; readonly workingDaysLeft: number };
  readonly warnings: readonly { readonly share: number; readonly on: string | null }[];
  readonly text: Message;
  readonly days: readonly { readonly date: string; readonly holder: Holder; readonly used: number; readonly why: Message }[];
  readonly ruleSet: string;
}

interface CaseSummary {
  readonly consultation: string;
  readonly project: string;
  readonly title: string;
  readonly applicant: string;
  readonly applicantName: string;
  readonly applicantTier: Tier;
  readonly authority: string;
  readonly authorityName: string;
  readonly status: Status;
  readonly holder: Holder | null;
  readonly budgetKrw: string | null;
  readonly planVersion: number;
  readonly submittedAt: string | null;
  readonly dueOn: string | null;
  readonly openRound: number | null;
  readonly respondBy: string | null;
  readonly updatedAt: string;
  readonly revision: string;
}
export interface QueueRow extends CaseSummary {
  /** Null where no clock runs: not received yet, or over. */
  readonly severity: Severity | null;
  /** 주심: person id. */
  readonly lead: string | null;
  /** Whether the plan has been looked up: then a null `topProbability` means that nothing is alike. */
  readonly screened: boolean;
  readonly candidates: number;
  readonly flagged: number;
  readonly unsettled: readonly string[];
  readonly topProbability: number | null;
}
export interface ApplicationRow extends CaseSummary {
  readonly outcome: Outcome | null;
  readonly documentNumber: string | null;
}

/** A condition of a letter as a row of the board. */
export interface ObligationRow {
  readonly place: string;
  readonly consultation: string;
  readonly condition: number;
  readonly title: string;
  readonly applicant: string;
  readonly applicantName: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly text: string;
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly status: Obligation['status'];
  readonly holder: Holder | null;
  readonly completeBy: string | null;
  readonly submissions: number;
  readonly recommended: boolean;
  readonly revision: string;
}

/** Who acted in a case; a name only for colleagues. */
export interface PersonInCase {
  readonly person: string;
  readonly agency: string;
  readonly standing: 'shown' | 'withheld' | 'erased' | 'unknown';
  readonly name: string | null;
}

export interface TimelineRow {
  readonly place: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly ko: string;
  readonly en: string;
  readonly person: string;
  readonly agency: string;
  readonly at: string;
  readonly recordedAt: string;
}

export interface ProjectRow {
  readonly project: string;
  readonly agency: string;
  readonly title: string;
  readonly budgetKrw: string | null;
  readonly orderPlannedOn: string | null;
  readonly planVersion: number;
  readonly plannedAt: string;
  readonly updatedAt: string;
  readonly abandonedAt: string | null;
  readonly abandonedBecause: string | null;
  readonly revision: string;
}

/** A project with every version of its plan, oldest first. */
export interface PlannedProject extends ProjectRow {
  readonly plans: readonly (PlanVersion & { readonly at: string })[];
}

/** An Excel file in base64. */
export interface Workbook {
  readonly name: string;
  readonly xlsx: string;
}
export interface PlanSheetReport {
  readonly good: number;
  readonly wrong: number;
  readonly rows: readonly {
    readonly row: number;
    readonly title: string;
    readonly problems: readonly { readonly pointer: string; readonly code: string; readonly messages: Message }[];
  }[];
}
export interface PlannedSheet {
  readonly rows: readonly { readonly row: number; readonly title: string; readonly project: string }[];
}

export interface SystemRow {
  readonly system: string;
  readonly title: string;
  readonly agency: string;
  readonly level: Level;
  readonly year: number | null;
  readonly purpose: string;
  readonly functions: readonly string[];
  readonly users: readonly string[];
  readonly data: readonly string[];
  readonly technologies: readonly string[];
  readonly text?: string;
  readonly source: string;
  readonly retiredAt: string | null;
  readonly retiredBecause: string | null;
}

export interface AgencyRow {
  readonly agency: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly tier: Tier;
  readonly parent: string | null;
  readonly dissolvedAt: string | null;
  readonly successor: string | null;
}

export interface Health {
  readonly status: 'ready' | 'not-ready';
  readonly store: string;
  readonly views: readonly {
    readonly view: string;
    readonly status: string;
    readonly position: string;
    readonly lag: string;
    readonly stalled: { readonly position: string | null; readonly error?: string } | null;
    readonly rebuilding: string | null;
  }[];
  readonly policies: readonly { readonly policy: string; readonly position: string; readonly status: string }[];
  readonly overlap: { readonly position: string; readonly records: number; readonly failure: unknown };
}

/** 대상여부 판정: what the rules of a day ask. */
export interface EligibilityQuestions {
  readonly on: string;
  readonly ruleSet: string;
  readonly questions: readonly {
    /** Name under which the answer is sent. */
    readonly fact: string;
    readonly answer: 'choice' | 'yes-no' | 'won';
    readonly text: Message;
    readonly why: Message;
    readonly choices: readonly { readonly value: string; readonly text: Message }[];
    readonly rules: readonly AskingRule[];
  }[];
}
export interface AskingRule {
  readonly rule: string;
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
  readonly certainty: string;
}
export type Target = 'target' | 'exempt' | 'unknown';
export interface Eligibility {
  readonly on: string;
  readonly target: Target;
  readonly track: Track | null;
  readonly reasons: readonly (AskingRule & { readonly text: Message })[];
  readonly missing: readonly string[];
  readonly ruleSet: string;
}

export interface NamedPlan {
  readonly version: number;
  readonly hash: string;
}
export type OmissionReason =
  'never-consulted' | 'ordered-before-decision' | 'ended-without-decision' | 'held' | 'other-plan-version';
export type PerformanceFinding = 'keep' | 'improve' | 'consolidate' | 'retire';
export type MeasuredKind = 'system' | 'public-app';

/** A project from its plan to its performance. */
export interface ProjectThread {
  readonly project: string;
  readonly agency: string;
  readonly title: string;
  readonly plannedAt: string;
  readonly abandoned: { readonly at: string; readonly reason: string } | null;
  readonly plans: readonly (NamedPlan & { readonly at: string })[];
  readonly assessments: readonly {
    readonly at: string;
    readonly on: string;
    readonly target: Target;
    readonly track: Track | null;
    readonly ruleSet: string;
  }[];
  readonly consultations: readonly {
    readonly consultation: string;
    readonly applicant: NamedAgency;
    readonly authority: NamedAgency;
    readonly phase: Status;
    readonly planVersion: number;
    readonly planHash: string;
    readonly draftedAt: string;
    readonly submittedAt: string | null;
    readonly receivedAt: string | null;
    readonly letters: readonly {
      readonly at: string;
      readonly documentNumber: string;
      readonly outcome: Outcome;
      readonly conditions: number;
    }[];
    readonly openConditions: number;
  }[];
  readonly budgets: readonly {
    readonly at: string;
    readonly fiscalYear: number;
    readonly requestedKrw: number;
    readonly reflectedKrw: number;
    readonly adjustedKrw: number;
    readonly remarks: string;
  }[];
  readonly orders: readonly {
    readonly at: string;
    readonly order: string;
    readonly orderedOn: string;
    readonly planHash: string;
    readonly amountKrw: number | null;
    readonly source: 'owner' | 'feed';
    readonly basis: { readonly kind: 'decision' | 'exempt' | 'none'; readonly documentNumber?: string };
  }[];
  readonly omissions: readonly {
    readonly at: string;
    readonly omission: number;
    readonly order: string;
    readonly orderedOn: string;
    readonly reason: OmissionReason;
    readonly consultation: string | null;
  }[];
  readonly progress: readonly {
    readonly at: string;
    readonly year: number;
    readonly quarter: number;
    readonly plannedPercent: number;
    readonly donePercent: number;
    readonly remarks: string;
    readonly dueOn: string;
    readonly daysLate: number;
  }[];
  readonly missed: readonly {
    readonly at: string;
    readonly year: number;
    readonly quarter: number;
    readonly dueOn: string;
  }[];
  readonly performance: readonly {
    readonly at: string;
    readonly measuredOn: string;
    readonly of: MeasuredKind;
    readonly score: number;
    readonly finding: PerformanceFinding;
    readonly remarks: string;
  }[];
  readonly awards: readonly {
    readonly at: string;
    readonly award: string;
    readonly awardedOn: string;
    readonly ground: string;
    readonly authority: NamedAgency;
  }[];
  readonly revision: string;
}

export type PreliminaryVerdict = 'NO_OBJECTION' | 'ADJUST' | 'RECONSIDER';
/** 예비검토 of one project. */
export interface PreliminaryReviews {
  readonly project: string;
  readonly applicant: NamedAgency;
  readonly authority: NamedAgency;
  readonly requests: readonly {
    readonly number: number;
    readonly fiscalYear: number;
    readonly requestedOn: string;
    readonly outline: PlanVersion;
    readonly finding: Finding | null;
    readonly opinion: { readonly verdict: PreliminaryVerdict; readonly text: string; readonly givenOn: string } | null;
    readonly withdrawn: string | null;
  }[];
  readonly revision: string;
}

/** What a procurement token says. */
export interface ProcurementAuthorization {
  readonly project: string;
  readonly agency: NamedAgency;
  readonly consultation: string;
  readonly authority: NamedAgency;
  readonly outcome: Outcome;
  readonly documentNumber: string;
  readonly notifiedOn: string;
  readonly plans: readonly NamedPlan[];
  readonly openConditions: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
  readonly asOf: string;
}
export interface ProcurementToken {
  readonly token: string;
  readonly says: ProcurementAuthorization;
}
export interface TokenVerdict {
  readonly genuine: boolean;
  readonly says: ProcurementAuthorization;
  readonly stands: boolean;
  readonly now: ProcurementAuthorization | null;
}

export type TaskKind =
  'draft' | 'submission' | 'correction' | 'condition' | 'recommendation' | 'demand' | 'opinion' | 'adjustment' | 'progress';
/** What an agency is to do about one case. */
export interface TaskRow {
  readonly place: string;
  readonly kind: TaskKind;
  /** Null for a progress report, which is of a project. */
  readonly consultation: string | null;
  readonly project: string;
  readonly number: number;
  readonly title: string;
  readonly applicantName: string;
  readonly authorityName: string;
  readonly text: string;
  readonly dueOn: string | null;
  readonly late: boolean;
  readonly askedAt: string;
  readonly doneAt: string | null;
}

/** One sign-in of one's own. */
export interface OpenSession {
  readonly session: string;
  readonly current: boolean;
  readonly method: string;
  readonly capacity: string | null;
  readonly openedAt: string;
  readonly seenAt: string;
  readonly endsAt: string;
  readonly agent: string;
  readonly address: string;
}
export interface Delegation {
  readonly delegation: string;
  readonly delegator: string;
  readonly agency: string;
  readonly roles: readonly Role[];
  readonly kind: 'acting' | 'standing';
  readonly from: string;
  readonly until: string;
  readonly withdrawn: boolean;
}
/** What somebody has passed on, and colleagues to whom more could be. */
export interface GivenDelegations {
  /** `revision`: of the receiver's record. */
  readonly given: readonly (Delegation & { readonly receiver: string; readonly revision: string })[];
  readonly colleagues: readonly { readonly person: string; readonly roles: readonly Role[]; readonly revision: string }[];
}
/** Somebody who may act, by a pseudonymous id. */
export interface DirectoryUser {
  readonly person: string;
  readonly suspended: boolean;
  readonly agencies: readonly string[];
  readonly delegations: readonly Delegation[];
  readonly revision: string;
}
/** 알림 연계: a subscription of one's own agency. */
export interface Webhook {
  readonly id: string;
  readonly agency: string;
  readonly url: string;
  /** Empty: every type. */
  readonly types: readonly string[];
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly formerSecretUntil: string | null;
  readonly waiting: number;
  readonly dead: number;
}
export type DeliveryState = 'waiting' | 'delivered' | 'dead';
export interface Delivery {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly consultation: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly triedAt: string | null;
  readonly outcome: string | null;
}
export interface ApiKey {
  readonly key: string;
  readonly name: string;
  readonly agency: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly usedAt: string | null;
}

/** RFC 9457, with both languages. */
export interface ProblemDocument {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly messages: Message;
  readonly requestId?: string;
  readonly currentRevision?: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly messages: Message }[];
}
export interface Message {
  readonly ko: string;
  readonly en: string;
}

/** What auditors work with. */
export type SamplingMethod = 'random' | 'stratified' | 'risk';
export interface DrawnSample {
  /** Ask with it as `asOf` to draw the same again. */
  readonly position: string;
  readonly population: number;
  readonly rows: readonly DrawnCase[];
}
export interface DrawnCase {
  readonly consultation: string;
  readonly title: string;
  readonly stratum: string;
  readonly weight: number;
}
export interface SavedQuestion {
  readonly id: string;
  readonly text: Message;
}
export interface QuestionAnswer {
  readonly question: string;
  readonly position: string;
  readonly rows: readonly AnsweredRecord[];
}
export interface AnsweredRecord {
  readonly stream: string;
  readonly why: Message;
  readonly when: readonly string[];
}
export interface AuditFinding {
  readonly finding: string;
  /** Stream that it is about. */
  readonly about: string;
  readonly seenAt: string;
  readonly agency: string;
  readonly question: string | null;
  readonly title: string;
  readonly text: string;
  readonly answerBy: string;
  readonly status: 'open' | 'answered' | 'resolved' | 'withdrawn';
  readonly answer: { readonly answer: string; readonly measures: readonly string[] } | null;
  readonly rejection: { readonly reason: string; readonly answerBy: string } | null;
  readonly closedBecause: string | null;
  readonly revision: string;
}
/** One read by an auditor. */
export interface RecordedRead {
  readonly at: string;
  readonly person: string;
  readonly agency: string;
  readonly operation: string;
  readonly asked: string;
}

/** A row of a list at two moments; null where it was not there. */
export interface ChangedRow<Row> {
  readonly key: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What was found and decided, computed again from the record. */
export interface Recomputation {
  readonly screenings: readonly {
    readonly screening: number;
    readonly verdict: 'REPRODUCED' | 'DIVERGED' | 'CANNOT-RECOMPUTE';
    readonly screenedAt: string;
    readonly planVersion: number;
    readonly inventoryPosition: string;
    readonly divergences: readonly { readonly pointer: string; readonly recorded?: string; readonly recomputed?: string }[];
    readonly missing: readonly { readonly part: string; readonly recorded: string | null; readonly available: string | null }[];
  }[];
  readonly decisions: readonly {
    readonly decision: number;
    readonly verdict: 'REPRODUCED' | 'DIVERGED';
    readonly act: string;
    readonly at: string;
    readonly position: string;
    readonly recordedViewHash: string;
    readonly viewHash: string;
  }[];
}

/** An opinion that one's agency was asked for. */
export interface AskedOpinion {
  readonly place: string;
  readonly consultation: string;
  readonly number: number;
  readonly title: string;
  readonly applicantName: string;
  readonly authorityName: string;
  /** The system's name. */
  readonly text: string;
  readonly dueOn: string | null;
  readonly late: boolean;
  readonly askedAt: string;
  readonly doneAt: string | null;
  readonly done: 'answered' | 'lapsed' | null;
  readonly opinion: OwnerOpinion | null;
}

/** What anybody may know of a decision. */
export interface PublicDecision {
  readonly consultation: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly applicantName: string;
  readonly authorityName: string;
  readonly outcome: Outcome;
  readonly notifiedOn: string;
  readonly amends: string | null;
  readonly conditions: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
}
export interface VerifiedLetter {
  readonly documentNumber: string;
  readonly standing: boolean;
  readonly title: string;
  readonly applicantName: string;
  readonly authorityName: string;
  readonly outcome: Outcome;
  readonly notifiedOn: string;
  readonly event: string;
  readonly contentHash: string;
  readonly proof: string;
}

export interface QueueCounts {
  readonly severity: Readonly<Record<Severity | 'unreceived' | 'over', number>>;
  readonly unassigned: number;
  readonly total: number;
}

/** What was decided about like plans before. */
export interface Precedents {
  readonly precedents: readonly {
    readonly consultation: string;
    readonly title: string;
    readonly applicantName: string;
    readonly authorityName: string;
    readonly outcome: Outcome;
    readonly notifiedOn: string;
    readonly conditions: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
    readonly probability: number;
    readonly shared: readonly { readonly facet: string; readonly terms: readonly string[] }[];
    readonly mayOpen: boolean;
  }[];
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

/** Pending plans that may be the same thing. */
export interface PlanClusters {
  readonly clusters: readonly {
    readonly id: string;
    readonly members: readonly {
      readonly consultation: string;
      readonly title: string;
      readonly applicant: string;
      readonly applicantName: string;
      readonly authorityName: string;
      readonly requestedKrw: string | null;
    }[];
    readonly pairs: readonly {
      readonly a: string;
      readonly b: string;
      readonly probability: number;
      readonly evidence: readonly {
        readonly facet: string;
        readonly terms: readonly string[];
        readonly quoteA: string;
        readonly quoteB: string;
      }[];
    }[];
    readonly weakest: number;
    readonly suggestion: {
      readonly agencies: number;
      readonly totalKrw: string;
      readonly functions: readonly string[];
      readonly text: Message;
    } | null;
  }[];
}

/** One table of figures, divided as asked. */
export interface Statistics {
  readonly table: string;
  readonly on: string;
  readonly columns: readonly {
    readonly name: string;
    readonly label: Message;
    readonly unit: 'cases' | 'count' | 'krw' | 'share' | 'days';
  }[];
  readonly rows: readonly {
    readonly cut: Readonly<Record<string, string | null>>;
    readonly names: Readonly<Record<string, string | null>>;
    readonly values: Readonly<Record<string, number | null>>;
  }[];
}

/** A dated rule of any table. */
export interface DatedRule {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly value: unknown;
  readonly source: string;
  readonly certainty: string;
}
export interface RuleBook {
  readonly on: string;
  readonly ruleSet: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly revision: string;
}
export interface RuleVersions {
  readonly versions: readonly {
    readonly version: number;
    readonly effectiveFrom: string;
    readonly source: string;
    readonly sample: boolean;
    readonly correctionBecause: string | null;
    readonly gapsBecause: string | null;
    readonly by: Actor;
    readonly at: string;
    readonly withdrawnAt: string | null;
    readonly withdrawnBecause: string | null;
  }[];
  readonly revision: string;
}
/** What a draft of the rules would change. */
export interface Simulation {
  readonly judged: number;
  readonly unassessed: number;
  readonly changes: readonly {
    readonly project: string;
    readonly title: string;
    readonly on: string;
    readonly changed: readonly string[];
    readonly was: { readonly target: string; readonly track: string | null };
    readonly wouldBe: { readonly target: string; readonly track: string | null };
  }[];
  readonly casesJudged: number;
  readonly caseChanges: readonly {
    readonly consultation: string;
    readonly title: string;
    readonly receivedOn: string;
    readonly changed: readonly string[];
    readonly was: { readonly dueOn: string; readonly days: number };
    readonly wouldBe: { readonly dueOn: string; readonly days: number };
  }[];
}

export interface Holidays {
  readonly holidays: readonly { readonly date: string; readonly name: string; readonly kind: string }[];
  readonly gazetted: readonly {
    readonly date: string;
    readonly name: string;
    readonly source: string;
    readonly announcedOn: string;
  }[];
  readonly revision: string | null;
}

export interface Thesaurus {
  readonly version: number;
  readonly shipped: string;
  readonly concepts: readonly { readonly id: string; readonly words: readonly string[]; readonly source: string }[];
}

export interface UserRow {
  readonly person: string;
  readonly suspended: boolean;
  readonly agencies: readonly string[];
  readonly grants: readonly {
    readonly grant: string;
    readonly agency: string;
    readonly roles: readonly Role[];
    readonly from: string;
    readonly until: string | null;
    readonly revoked: boolean;
  }[];
  readonly delegations: readonly Delegation[];
  readonly revision: string;
}
