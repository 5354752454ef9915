import { agencyDirectory } from './agency-directory/agency-directory.js';
import { applicantList } from './applicant-list/applicant-list.js';
import { casePage } from './case-page/case-page.js';
import type { AnyView } from './host/view.js';
import { obligations } from './obligations/obligations.js';
import { omissions } from './omissions/omissions.js';
import { preliminaryReviews } from './preliminary-reviews/preliminary-reviews.js';
import { projectThread } from './project-thread/project-thread.js';
import { projectList } from './project-list/project-list.js';
import { publicRegister } from './public-register/public-register.js';
import { reviewerQueue } from './reviewer-queue/reviewer-queue.js';
import { statistics } from './statistics/facts.js';
import { systemInventory } from './system-inventory/system-inventory.js';
import { timeline } from './timeline/timeline.js';
import { toDo } from './to-do/to-do.js';
import { userDirectory } from './user-directory/user-directory.js';

/** Every view. A new one is added here, with a migration for its table. */
export const views: readonly AnyView[] = [
  reviewerQueue,
  casePage,
  applicantList,
  systemInventory,
  timeline,
  agencyDirectory,
  projectList,
  obligations,
  toDo,
  statistics,
  projectThread,
  omissions,
  preliminaryReviews,
  userDirectory,
  publicRegister,
];
