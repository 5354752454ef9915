/** The JSON of the HTTP contract, as far as this application reads it. `/openapi.json` has the whole. */

export type Role = 'applicant' | 'reviewer' | 'approver' | 'owner' | 'auditor' | 'administrator' | 'system';
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
}
export interface SignedIn {
  readonly person: string;
  readonly capacities: readonly Capacity[];
  readonly capacity: string | null;
  readonly csrfToken: string | null;
  readonly mustChangePassword: boolean;
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
  readonly dueOn: string | null;
  readonly status: Obligation['status'];
  readonly holder: Holder | null;
  readonly completeBy: string | null;
  readonly submissions: number;
  readonly recommended: boolean;
  readonly revision: string;
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
