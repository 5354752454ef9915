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

export type AgencyEvent = AgencyRegistered | AgencyRenamed | AgencyDissolved;
