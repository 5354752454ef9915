import { FirstViews1763762400000 } from './1763762400000-first-views.js';
import { Obligations1763769600000 } from './1763769600000-obligations.js';

/** In the order of their numbers. */
export const migrations = [FirstViews1763762400000, Obligations1763769600000];
