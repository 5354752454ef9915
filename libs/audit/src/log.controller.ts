import { Controller, Get, Header, Inject, NotFoundException, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AuditLog } from './audit-log.js';
import { ConsistencyProofDto, InclusionProofDto } from './log.dto.js';

const NUMBER = { type: 'string', pattern: '^\\d{1,19}$' } as const;
const CHECKPOINT = 'sajeon.example/log\n64\nn4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\n\n— sajeon.example/log a2sdLA…\n';
const DECIMAL = /^(0|[1-9]\d{0,18})$/;

const DAY = { ko: 'day에는 달력에 있는 날짜를 YYYY-MM-DD로 적으십시오.', en: 'day takes a day that exists, as YYYY-MM-DD.' };
const UUID = {
  ko: 'eventId에는 접수증에 적힌 사건 번호(UUID)를 적으십시오.',
  en: 'eventId takes the UUID of an event, as on its receipt.',
};
const numberWords = (name: string) => ({
  ko: `${name}에는 0 이상의 정수를 적으십시오.`,
  en: `${name} takes a whole number from 0.`,
});

/** A question to the log that cannot be understood: which part, and how to write it. */
export class UnclearLogRequest extends Error {
  override readonly name = 'UnclearLogRequest';
  constructor(
    readonly pointer: string,
    readonly code: 'invalid-date' | 'invalid-id' | 'invalid-number',
    readonly text: { readonly ko: string; readonly en: string },
  ) {
    super(text.en);
  }
}

/** The transparency log over HTTP: nothing here is secret, and none of it needs to be trusted. */
@ApiTags('log')
@Controller('v1/log')
export class LogController {
  constructor(@Inject(AuditLog) private readonly log: AuditLog) {}

  /** The newest signed checkpoint: C2SP tlog-checkpoint. */
  @ApiOperation({ operationId: 'showCheckpoint' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: CHECKPOINT } })
  @Get('checkpoint')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  async checkpoint(): Promise<string> {
    return (await this.log.checkpoint()).note;
  }

  /** The closing checkpoint of a day in Korea, e.g. `2026-11-21`. */
  @ApiOperation({ operationId: 'showDailyClosing' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: CHECKPOINT } })
  @Get('closings/:day')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async closing(@Param('day') day: string): Promise<string> {
    if (!isDay(day)) throw new UnclearLogRequest('day', 'invalid-date', DAY);
    return (await this.log.closing(day)).note;
  }

  /** Public keys of the log, as verifier keys. Compare them with what you were given elsewhere. */
  @ApiOperation({ operationId: 'listLogKeys' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'sajeon.example/log+6b6b1d2c+AV3…\n' } })
  @Get('keys')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async keys(): Promise<string> {
    return (await this.log.keys()).map((key) => `${key}\n`).join('');
  }

  /** That leaf `seq` is in the tree of `size` leaves (RFC 9162, 2.1.3); hashes in base64. */
  @ApiOperation({ operationId: 'proveInclusion' })
  @ApiQuery({ name: 'seq', description: 'Index of the leaf, from 0', schema: NUMBER, example: '41' })
  @ApiQuery({
    name: 'size',
    description: 'Leaves of the tree; of the newest checkpoint unless given',
    required: false,
    schema: NUMBER,
    example: '64',
  })
  @Get('proof/inclusion')
  async inclusion(@Query('seq') seq: string, @Query('size') size?: string): Promise<InclusionProofDto> {
    const proof = await this.log.inclusion(decimal('seq', seq), size === undefined ? undefined : decimal('size', size));
    return {
      seq: String(proof.seq),
      size: String(proof.size),
      root: inBase64(await this.log.root(proof.size)),
      leafHash: inBase64(proof.leaf),
      proof: proof.proof.map(inBase64),
    };
  }

  /** That the log of `to` leaves began as the log of `from` leaves (RFC 9162, 2.1.4); hashes in base64. */
  @ApiOperation({ operationId: 'proveConsistency' })
  @ApiQuery({ name: 'from', description: 'Leaves of the earlier tree', schema: NUMBER, example: '32' })
  @ApiQuery({
    name: 'to',
    description: 'Leaves of the later tree; of the newest checkpoint unless given',
    required: false,
    schema: NUMBER,
    example: '64',
  })
  @Get('proof/consistency')
  async consistency(@Query('from') from: string, @Query('to') to?: string): Promise<ConsistencyProofDto> {
    const proof = await this.log.consistency(decimal('from', from), to === undefined ? undefined : decimal('to', to));
    const [fromRoot, toRoot] = await Promise.all([this.log.root(proof.from), this.log.root(proof.to)]);
    return {
      from: String(proof.from),
      to: String(proof.to),
      fromRoot: inBase64(fromRoot),
      toRoot: inBase64(toRoot),
      proof: proof.proof.map(inBase64),
    };
  }

  /** A C2SP tlog-proof of one event, to be kept as a file. 404 until a checkpoint covers it. */
  @ApiOperation({ operationId: 'showReceipt' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: `c2sp.org/tlog-proof@v1\nindex 41\n…\n\n${CHECKPOINT}` } })
  @Get('receipts/:eventId')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async receipt(@Param('eventId') eventId: string): Promise<string> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(eventId)) throw new UnclearLogRequest('eventId', 'invalid-id', UUID);
    return this.log.receiptProof(eventId);
  }

  /** A tile of C2SP tlog-tiles: `<level>/<index>` with the index in groups of three digits, `.p/<width>` for one on the edge. */
  // Its address is a path of any depth, which OpenAPI cannot say; C2SP tlog-tiles does.
  @ApiExcludeEndpoint()
  @Get('tile/:level/*')
  @Header('Content-Type', 'application/octet-stream')
  async tile(@Param('level') level: string, @Param('*') path: string): Promise<StreamableFile> {
    const parts = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
    const width = Number(parts?.[2] ?? 256);
    if (!parts?.[1] || !/^([0-9]|[1-5]\d|6[0-3])$/.test(level) || width > 256) throw new NotFoundException();
    return new StreamableFile(await this.log.tile(Number(level), BigInt(parts[1].replaceAll(/[x/]/g, '')), width));
  }
}

const inBase64 = (hash: Buffer): string => hash.toString('base64');

function decimal(name: string, text: string | undefined): bigint {
  if (text === undefined || !DECIMAL.test(text)) throw new UnclearLogRequest(name, 'invalid-number', numberWords(name));
  return BigInt(text);
}

/** A day of the calendar: what is written like one may still be a 30th of February, which `Date` takes for a day of March. */
function isDay(day: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
