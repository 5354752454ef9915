import { addDays } from './date.js';

export interface Quarter {
  readonly year: number;
  /** 1 to 4. */
  readonly quarter: number;
}

export function quarterOf(date: string): Quarter {
  return { year: Number(date.slice(0, 4)), quarter: Math.ceil(Number(date.slice(5, 7)) / 3) };
}

export function quarterAfter({ year, quarter }: Quarter): Quarter {
  return quarter === 4 ? { year: year + 1, quarter: 1 } : { year, quarter: quarter + 1 };
}

/** Legal date of the last day of a quarter. */
export function lastDayOf(year: number, quarter: number): string {
  return addDays(quarter === 4 ? `${year + 1}-01-01` : `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`, -1);
}
