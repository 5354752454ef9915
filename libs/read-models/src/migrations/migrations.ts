import { FirstViews1763762400000 } from './1763762400000-first-views.js';
import { Obligations1763769600000 } from './1763769600000-obligations.js';
import { UserDirectory1763773200000 } from './1763773200000-user-directory.js';
import { WhatEachActorNeeds1763776800000 } from './1763776800000-what-each-actor-needs.js';
import { ProjectThread1763780400000 } from './1763780400000-project-thread.js';
import { PreliminaryReviews1763784000000 } from './1763784000000-preliminary-reviews.js';
import { PublicRegister1763787600000 } from './1763787600000-public-register.js';
import { AgenciesThatChange1763780460000 } from './1763780460000-agencies-that-change.js';
import { OrdersOfTheInventory1763791200000 } from './1763791200000-orders-of-the-inventory.js';
import { ToDoOfProjects1763794800000 } from './1763794800000-to-do-of-projects.js';
import { StatisticsOfProjects1763798400000 } from './1763798400000-statistics-of-projects.js';
import { OwnersOfObligations1763802000000 } from './1763802000000-owners-of-obligations.js';
import { ScreenedWithoutCandidates1763805600000 } from './1763805600000-screened-without-candidates.js';
import { FunctionsThatOverlap1763809200000 } from './1763809200000-functions-that-overlap.js';
import { SearchOfObligations1763812800000 } from './1763812800000-search-of-obligations.js';

/** In the order of their numbers. */
export const migrations = [
  FirstViews1763762400000,
  Obligations1763769600000,
  UserDirectory1763773200000,
  WhatEachActorNeeds1763776800000,
  ProjectThread1763780400000,
  PreliminaryReviews1763784000000,
  AgenciesThatChange1763780460000,
  PublicRegister1763787600000,
  OrdersOfTheInventory1763791200000,
  ToDoOfProjects1763794800000,
  StatisticsOfProjects1763798400000,
  OwnersOfObligations1763802000000,
  ScreenedWithoutCandidates1763805600000,
  FunctionsThatOverlap1763809200000,
  SearchOfObligations1763812800000,
];
