/** A feature of the domain as three pure functions over a union of events. */
export interface Decider<Command, Event, State> {
  readonly initialState: State;
  /**
   * What the command causes: events, or nothing when it is already satisfied.
   * @throws RuleViolated, NotFound, NotPermitted or Malformed when a rule refuses it
   */
  decide(command: Command, state: State): readonly Event[];
  /** Never throws and never looks anything up: everything it needs is in the event. */
  evolve(state: State, event: Event): State;
}

/** An event as the domain sees it: a registered kebab-case `type` and plain JSON. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Who acts: a pseudonymous person id (never a name) for an agency. */
export interface Actor {
  readonly person: string;
  readonly agency: string;
  /** The agency that took over from `agency` and that the person is of, when they act for one that was merged or split. */
  readonly successor?: string;
}

/** Every command and every event says who acted and when (RFC 3339 UTC, taken from the caller's clock, never from the domain). */
export interface Stamp {
  readonly by: Actor;
  readonly at: string;
}

/** What somebody asks for: an imperative kebab-case `type`, and who asks when. */
export interface DomainCommand<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Stamp & Data;
}
