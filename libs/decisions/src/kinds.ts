import {
  agencyDecider,
  calendarDecider,
  consultationDecider,
  letterDecider,
  preliminaryDecider,
  projectDecider,
  ruleSetDecider,
  systemDecider,
  thesaurusDecider,
  userDecider,
} from '@sajeon/domain';

/** Each kind of stream: its name before the hyphen, and the decider that rules it. */
export const AGENCY = { prefix: 'agency', decider: agencyDecider } as const;
export const SYSTEM_ENTRY = { prefix: 'system', decider: systemDecider } as const;
export const PROJECT = { prefix: 'project', decider: projectDecider } as const;
export const CONSULTATION = { prefix: 'consultation', decider: consultationDecider } as const;
export const LETTER = { prefix: 'letter', decider: letterDecider } as const;
export const PRELIMINARY = { prefix: 'preliminary', decider: preliminaryDecider } as const;
export const RULE_SET = { prefix: 'ruleset', decider: ruleSetDecider } as const;
export const CALENDAR = { prefix: 'calendar', decider: calendarDecider } as const;
export const THESAURUS = { prefix: 'thesaurus', decider: thesaurusDecider } as const;
export const USER = { prefix: 'user', decider: userDecider } as const;
