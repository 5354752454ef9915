import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';

export class ContactDto {
  /** The responsible department as this installation names it (`SAJEON_CONTACT`); null where nobody is named */
  @ApiProperty({ type: 'string', nullable: true, example: '행정안전부 디지털기반안전과 사전협의 담당 · 044-000-0000' })
  contact: string | null;
}

/** Public: whoever cannot sign in needs it most. */
@ApiTags('public')
@Controller('v1/contact')
export class ContactController {
  private readonly contact = process.env['SAJEON_CONTACT']?.trim() || null;

  /** Whom to ask when something does not work or is not clear. */
  @ApiOperation({ operationId: 'showContact' })
  @Get()
  show(): ContactDto {
    return { contact: this.contact };
  }
}
