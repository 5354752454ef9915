/** What a plan or an inventory entry says a piece of public software is for. The same shape on both sides, so that they can be compared. */
export interface SoftwareDescription {
  readonly title: string;
  readonly purpose: string;
  /** One function each, in the applicant's words: verb and object. */
  readonly functions: readonly string[];
  readonly users: readonly string[];
  /** Data held or collected. */
  readonly data: readonly string[];
  readonly technologies: readonly string[];
  /** Free text, where the source has nothing more structured. */
  readonly text: string;
}

/** A project plan (사업계획서) as far as the consultation reads it. */
export interface PlanContent extends SoftwareDescription {
  /** Whole won; null when the plan does not say. */
  readonly budgetKrw: number | null;
  /** Legal date `YYYY-MM-DD` in Seoul on which the tender is planned; null when open. */
  readonly orderPlannedOn: string | null;
  /** What the parts cost, where the plan says so: absent in plans that have no such lines. */
  readonly costLines?: readonly CostLine[];
}

/** One line of the cost table (산출내역). `functions` are places in the plan's list of functions, from 0; none for what serves all. */
export interface CostLine {
  readonly label: string;
  /** Whole won. */
  readonly krw: number;
  readonly functions: readonly number[];
}

/** One version of a plan. `hash` is the SHA-256 of the content's canonical JSON, so that two parties can say which text they mean. */
export interface PlanVersion {
  readonly version: number;
  readonly hash: string;
  readonly content: PlanContent;
}
