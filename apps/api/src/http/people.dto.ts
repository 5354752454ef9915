import { ApiProperty } from '@nestjs/swagger';

export const NAME_STANDINGS = ['shown', 'withheld', 'erased', 'unknown'] as const;
export type NameStanding = (typeof NAME_STANDINGS)[number];

/** Somebody who acted in a case. */
export class PersonInCaseDto {
  /**
   * The pseudonym that is on record
   * @example 'person-demo-suwon'
   */
  person: string;

  /**
   * Id of the agency for which they acted
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  /**
   * `withheld`: not for the reader. `erased`: destroyed, as the record says. `unknown`: never deposited, or the vault is shut
   */
  @ApiProperty({ enum: NAME_STANDINGS, example: 'shown' })
  standing: NameStanding;

  /**
   * Null unless shown
   * @example '홍길동'
   */
  name: string | null;
}

export class PeopleInCaseDto {
  people: PersonInCaseDto[];
}
