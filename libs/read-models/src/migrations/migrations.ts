import { FirstViews1763762400000 } from './1763762400000-first-views.js';

/** In the order of their numbers. */
export const migrations = [FirstViews1763762400000];
