import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `live`: the table that is read. `rebuild`: its successor, made beside it. */
export type Slot = 'live' | 'rebuild';

export type Progress = 'following' | 'stalled';

/** How far a view has read the log. Written only together with the rows that it vouches for. */
@Entity('view_checkpoint')
export class Checkpoint {
  @PrimaryColumn('text')
  view: string;

  @PrimaryColumn('text')
  slot: Slot;

  /** Version of the projection that made the rows. */
  @Column('int')
  version: number;

  /** Decimal position of the last event in the rows. */
  @Column('bigint')
  position: string;

  @Column('text')
  status: Progress;

  /** The event that could not be applied, when stalled. */
  @Column('bigint', { nullable: true })
  stalledPosition: string | null;

  @Column('text', { nullable: true })
  stalledType: string | null;

  @Column('text', { nullable: true })
  cause: string | null;

  /** How often the event was tried. */
  @Column('int')
  attempts: number;

  /** What the view remembers of streams that are not its rows' own. */
  @Column('json', { nullable: true })
  memory: unknown;

  @Column('timestamptz')
  updatedAt: string;
}
