import type { DomainEvent, Stamp } from '../kernel/decider.js';

/** 기관구분: decides routing and thresholds (전자정부 성과관리 지침). */
export type AgencyTier =
  'CENTRAL' | 'METROPOLITAN' | 'BASIC_LOCAL' | 'PUBLIC_INSTITUTION' | 'LOCAL_PUBLIC_CORP' | 'EDUCATION_OFFICE';

export type AgencyRegistered = DomainEvent<
  'agency-registered',
  Stamp & {
    readonly agency: string;
    readonly name: string;
    readonly tier: AgencyTier;
    /** The agency above it: a 시·군·구's 시·도, a corporation's owner; null at the top. */
    readonly parent: string | null;
  }
>;
export type AgencyRenamed = DomainEvent<'agency-renamed', Stamp & { readonly name: string; readonly formerName: string }>;
/** `successor` takes over its cases; null when none is named. */
export type AgencyDissolved = DomainEvent<
  'agency-dissolved',
  Stamp & { readonly successor: string | null; readonly reason: string }
>;

/** 통합: from `effectiveOn` on the other agency is meant wherever this one is. A later such event before that day takes its place. */
export type AgencyMerged = DomainEvent<
  'agency-merged',
  Stamp & { readonly into: string; readonly effectiveOn: string; readonly reason: string }
>;
/** 분리: from `effectiveOn` on there are several agencies in its place, and nobody may guess which. */
export type AgencySplit = DomainEvent<
  'agency-split',
  Stamp & { readonly successors: readonly string[]; readonly effectiveOn: string; readonly reason: string }
>;
/** 소속 변경: from `effectiveOn` on it stands under another agency, as a 군 that goes over to another 시·도. */
export type AgencyMoved = DomainEvent<
  'agency-moved',
  Stamp & {
    readonly parent: string | null;
    readonly formerParent: string | null;
    readonly effectiveOn: string;
    readonly reason: string;
  }
>;

export type AgencyEvent = AgencyRegistered | AgencyRenamed | AgencyDissolved | AgencyMerged | AgencySplit | AgencyMoved;
