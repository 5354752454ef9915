import type { Condition, Outcome } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { legalDateOf } from '@sajeon/domain';
import { casePage } from '../case-page/case-page.js';
import type { Page } from '../page.js';
import { ViewReader } from '../reading.js';

/** What the letter of a case told, without the plan and without what the authority thought inside. */
export interface DecidedCase {
  readonly consultation: string;
  readonly title: string;
  readonly applicant: string;
  readonly applicantName: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly outcome: Outcome;
  readonly notifiedOn: string;
  readonly conditions: readonly Pick<Condition, 'number' | 'text' | 'dueOn'>[];
}

/** The decided ones among these cases, as their standing letters tell them; in no order. At most 200. */
export class ListDecidedCases extends Query<Page<DecidedCase>> {
  constructor(readonly consultations: readonly string[]) {
    super();
  }
}

@QueryHandler(ListDecidedCases)
export class ListDecidedCasesHandler implements IQueryHandler<ListDecidedCases> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ consultations }: ListDecidedCases): Promise<Page<DecidedCase>> {
    const page = await this.reader.list(casePage, {
      where: [['consultation = any(?)', consultations]],
      order: { name: 'key', by: 'consultation', direction: 'asc' },
      limit: 200,
    });
    return {
      ...page,
      rows: page.rows.flatMap(({ consultation, document }): DecidedCase[] => {
        const { letter, plan, applicant, authority } = document;
        if (letter === null) return [];
        return [
          {
            ...{ consultation, title: plan.content.title, outcome: letter.outcome },
            ...{ applicant: applicant.id, applicantName: applicant.name },
            ...{ authority: authority.id, authorityName: authority.name },
            notifiedOn: legalDateOf(letter.notified.at),
            conditions: letter.conditions.map(({ number, text, dueOn }) => ({ number, text, dueOn })),
          },
        ];
      }),
    };
  }
}
