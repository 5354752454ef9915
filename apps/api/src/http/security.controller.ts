import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { PERMISSIONS, type Principal } from '@sajeon/access';
import { SecurityLog } from '@sajeon/identity';
import { Type } from 'class-transformer';
import { IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent } from './fields.js';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { onlyFor } from './only-for.js';
import { PermissionDto, SecurityEventsDto } from './session.dto.js';

export class ListSecurityEventsDto {
  @ApiProperty({ required: false, maxLength: 200, example: 'person-demo-suwon' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  person?: string;

  @ApiProperty({ required: false, pattern: '^[a-z-]{1,40}$', example: 'access-denied' })
  @MayBeAbsent()
  @IsString()
  @Matches(/^[a-z-]{1,40}$/)
  kind?: string;

  /** `next` of the page before */
  @ApiProperty({ required: false, pattern: '^\\d{1,18}$', example: '1001' })
  @MayBeAbsent()
  @IsString()
  @Matches(/^\d{1,18}$/)
  before?: string;

  @ApiProperty({ required: false, type: 'integer', default: 50, example: 20 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

@ApiTags('security')
@ApiBearerAuth()
@Controller('v1')
export class SecurityController {
  constructor(private readonly security: SecurityLog) {}

  /** The table by which every command is allowed or refused. Which agency may do it to which record is a rule of the process. */
  @ApiOperation({ operationId: 'listPermissions' })
  @Get('permissions')
  permissions(): PermissionDto[] {
    return Object.entries(PERMISSIONS).map(([command, roles]) => ({ command, roles: [...roles] }));
  }

  /** Sign-ins, sign-outs and refused access, newest first, for auditors and administrators. */
  @ApiOperation({ operationId: 'listSecurityEvents' })
  @Get('security-events')
  async events(@Query() request: ListSecurityEventsDto, @Who() principal: Principal): Promise<SecurityEventsDto> {
    onlyFor(principal, 'auditor', 'administrator');
    const limit = request.limit ?? 50;
    const events = await this.security.list({ ...request, limit });
    return answer({ events, next: events.length === limit ? (events.at(-1)?.id ?? null) : null });
  }
}
