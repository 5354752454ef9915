import type { History } from '../kernel/history.js';
import type { ProjectEvent } from './events.js';

export const projectHistory: History<ProjectEvent> = {
  'project-planned': [],
  'plan-revised': [],
  'project-abandoned': [],
  'eligibility-assessed': [],
  'procurement-recorded': [],
  'consultation-omission-detected': [],
  'budget-reflected': [],
  'progress-recorded': [],
  'progress-report-missed': [],
  'performance-measured': [],
  'award-granted': [],
};
