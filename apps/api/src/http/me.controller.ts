import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEMO_USERS, TokenBook, type Principal } from '@sajeon/access';
import { AGENCY, Decisions } from '@sajeon/decisions';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { DemoUserDto, MeDto } from './me.dto.js';
import { NoSuchRecord } from './problem.js';

@ApiTags('identity')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(private readonly decisions: Decisions) {}

  /** Who the token stands for. */
  @ApiOperation({ operationId: 'showMe' })
  @Get()
  async me(@Who() { person, agency, roles }: Principal): Promise<MeDto> {
    const { state } = await this.decisions.load(AGENCY, agency);
    return answer({ person, agency, agencyName: state?.name ?? agency, roles });
  }
}

/** Public: it answers before anybody has signed in. */
@ApiTags('identity')
@Controller('v1/demo-users')
export class DemoUsersController {
  constructor(private readonly tokens: TokenBook) {}

  /** Only those whom this installation really lets in; 404 where it lets in none, as in production. */
  @ApiOperation({ operationId: 'listDemoUsers' })
  @Get()
  list(): DemoUserDto[] {
    const accepted = DEMO_USERS.filter(({ token }) => this.tokens.find(token) !== undefined);
    if (accepted.length === 0) throw new NoSuchRecord();
    return answer(accepted.map(({ token, ko, en, principal: { agency, roles } }) => ({ token, ko, en, agency, roles })));
  }
}
