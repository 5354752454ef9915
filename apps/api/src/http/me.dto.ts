import type { Role } from '@sajeon/access';

/** Who a token stands for. */
export class MeDto {
  /**
   * Pseudonymous id of the person
   * @example 'person-demo-suwon'
   */
  person: string;

  /**
   * Id of the agency that the person acts for
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  /**
   * Its name now; the id where no such agency is registered
   * @example '수원시'
   */
  agencyName: string;

  roles: Role[];
}

/** Somebody whom a newcomer can act as. */
export class DemoUserDto {
  /** @example 'demo-suwon' */
  token: string;

  /** @example '수원시 정보통신과 (신청·결재)' */
  ko: string;

  /** @example 'Suwon city, applicant' */
  en: string;

  /** @example 'gyeonggi-suwon' */
  agency: string;

  roles: Role[];
}
