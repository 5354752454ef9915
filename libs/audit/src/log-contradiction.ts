/** How the events, the log and what was signed can contradict one another. Stable codes. */
export type ContradictionCode =
  /** A sealed event is no longer what it was. */
  | 'event-altered'
  /** A sealed event is gone, or moved. */
  | 'event-missing'
  /** An event lies among the sealed ones and was never sealed. */
  | 'event-inserted'
  /** A stream does not go on where its last sealed event ended. */
  | 'stream-broken'
  /** Positions of a dense store have a gap before anything was sealed there. */
  | 'position-missing'
  /** The event store ends before what was sealed. */
  | 'store-behind-log'
  /** The tables of the log contradict one another or the signed checkpoints. */
  | 'log-damaged'
  /** The log is smaller than a checkpoint of it. */
  | 'rolled-back'
  /** The log began otherwise than a checkpoint of it says. */
  | 'forked';

export interface Contradiction {
  readonly code: ContradictionCode;
  /** Leaf index. */
  readonly seq?: bigint;
  readonly position?: bigint;
  readonly stream?: string;
  readonly revision?: bigint;
  readonly detail?: string;
}

/** What was recorded is not what was sealed or signed. Nothing more is sealed or signed until a person has looked. */
export class LogContradiction extends Error {
  override readonly name = 'LogContradiction';
  constructor(
    readonly code: ContradictionCode,
    readonly where: Omit<Contradiction, 'code'>,
  ) {
    super(
      [
        code,
        ...Object.entries(where).map(([name, value]) => (name === 'detail' ? String(value) : `${name} ${String(value)}`)),
      ].join(', '),
    );
  }
}
