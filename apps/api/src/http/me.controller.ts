import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DEMO_USERS, TokenBook, type Principal, type Role } from '@sajeon/access';
import { AGENCY, Decisions } from '@sajeon/decisions';
import { Who } from './asking.js';
import { NoSuchRecord } from './problem.js';

/** Who a token stands for. */
export class MeDto {
  /** Pseudonymous id of the person. */
  person: string;
  /** Id of the agency that the person acts for. */
  agency: string;
  /** Its name now; the id where no such agency is registered. */
  agencyName: string;
  roles: readonly Role[];
}

/** Somebody whom a newcomer can act as. */
export class DemoUserDto {
  token: string;
  ko: string;
  en: string;
  agency: string;
  roles: readonly Role[];
}

@ApiTags('identity')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(private readonly decisions: Decisions) {}

  @Get()
  async me(@Who() { person, agency, roles }: Principal): Promise<MeDto> {
    const { state } = await this.decisions.load(AGENCY, agency);
    return { person, agency, agencyName: state?.name ?? agency, roles };
  }
}

/** Public: it answers before anybody has signed in. */
@ApiTags('identity')
@Controller('v1/demo-users')
export class DemoUsersController {
  constructor(private readonly tokens: TokenBook) {}

  /** Only those whom this installation really lets in; 404 where it lets in none, as in production. */
  @Get()
  list(): DemoUserDto[] {
    const accepted = DEMO_USERS.filter(({ token }) => this.tokens.find(token) !== undefined);
    if (accepted.length === 0) throw new NoSuchRecord();
    return accepted.map(({ token, ko, en, principal: { agency, roles } }) => ({ token, ko, en, agency, roles }));
  }
}
