import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { AuditLog, Export, EXPORT_FILES } from '@sajeon/audit';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Who } from './asking.js';
import { ExportDto, ManifestDto } from './exports.dto.js';
import { onlyFor } from './only-for.js';

/** The log in the formats of process mining and data exchange. It holds internal opinions: for auditors only. */
@ApiTags('exports')
@ApiBearerAuth()
@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly log: AuditLog) {}

  /** CloudEvents 1.0 (JSON lines), XES (IEEE 1849) or OCEL 2.0 (JSON); every row with the index of its leaf. */
  @ApiOperation({ operationId: 'exportLog' })
  @ApiProduces('application/jsonl', 'application/xml', 'application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', example: '{"specversion":"1.0","id":"6f9619ff-8b86-d011-b42d-00c04fc964ff",…}\n' } })
  @Get()
  async export(@Query() request: ExportDto, @Who() principal: Principal, @Res({ passthrough: true }) reply: FastifyReply) {
    const it = await this.asked(request, principal);
    const { type, ending } = EXPORT_FILES[request.kind];
    void reply.header('content-disposition', `attachment; filename="sajeon.${ending}"`);
    return new StreamableFile(Readable.from(it.text()), { type: type === 'application/jsonl' ? `${type}; charset=utf-8` : type });
  }

  /** What it takes to check such an export: the checkpoint that covers it, the filter, counts, and the hash of the file. */
  @ApiOperation({ operationId: 'showExportManifest' })
  @Get('manifest')
  async manifest(@Query() request: ExportDto, @Who() principal: Principal): Promise<ManifestDto> {
    const { filter, ...manifest } = await (await this.asked(request, principal)).manifest();
    return { ...manifest, filter: { ...filter, streams: [...filter.streams] } };
  }

  private async asked({ kind, from, to, streams }: ExportDto, principal: Principal): Promise<Export> {
    onlyFor(principal, 'auditor');
    return Export.of(this.log, {
      kind,
      from: from === undefined ? undefined : BigInt(from),
      to: to === undefined ? undefined : BigInt(to),
      streams: streams?.split(','),
    });
  }
}
