import type { Query } from '@nestjs/cqrs';
import { QueryBus } from '@nestjs/cqrs';
import { Injectable } from '@nestjs/common';
import { ProjectionHost, type Found, type Page } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { NoSuchRecord } from './problem.js';

/** How long a reader who has just written waits for the view before it is told how far the view is. */
export const PATIENCE_MS = 3_000;

/** Asks views, after they have read as far as `X-After`, and says in `X-Position` how far they have. */
@Injectable()
export class Lists {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: ProjectionHost,
  ) {}

  async page<Row>(view: string, query: Query<Page<Row>>, after: bigint | undefined, reply: FastifyReply): Promise<Page<Row>> {
    await this.caughtUp(view, after);
    const page = await this.queries.execute(query);
    void reply.header('x-position', String(page.position));
    if (page.next !== null) {
      const url = new URL(reply.request.url, 'http://localhost');
      url.searchParams.set('cursor', page.next);
      void reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
    }
    return page;
  }

  /** @throws NoSuchRecord when there is no row, or `visible` refuses it */
  async one<Row extends { readonly revision: string }>(
    view: string,
    query: Query<Found<Row>>,
    after: bigint | undefined,
    reply: FastifyReply,
    visible: (row: Row) => boolean = () => true,
  ): Promise<Row> {
    await this.caughtUp(view, after);
    const { row, position } = await this.queries.execute(query);
    void reply.header('x-position', String(position));
    if (row === null || !visible(row)) throw new NoSuchRecord(row !== null);
    void reply.header('etag', `"${row.revision}"`);
    return row;
  }

  /** What is computed from many rows: it has a position, but no revision. @throws NoSuchRecord when there is nothing */
  async whole<Whole>(view: string, query: Query<Found<Whole>>, after: bigint | undefined, reply: FastifyReply): Promise<Whole> {
    await this.caughtUp(view, after);
    const { row, position } = await this.queries.execute(query);
    void reply.header('x-position', String(position));
    if (row === null) throw new NoSuchRecord();
    return row;
  }

  private async caughtUp(view: string, after: bigint | undefined): Promise<void> {
    if (after !== undefined) await this.projections.waitFor(view, after, PATIENCE_MS);
  }
}

/** A page as JSON: 64-bit positions are decimal text. */
export function pageBody<Row>({ rows, next, position }: Page<Row>): {
  rows: readonly Row[];
  next: string | null;
  position: string;
} {
  return { rows, next, position: String(position) };
}
