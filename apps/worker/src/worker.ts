import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { followTheLog, OperationsModule, ServiceLog, tlsOptions, type OpenStorage, type TlsFiles } from '@sajeon/operations';
import { migrate } from '@sajeon/read-models';

/** A worker that already follows the log. Several may run: they share views and policies by leases. */
export async function createWorker(storage: OpenStorage, tls?: TlsFiles): Promise<NestFastifyApplication> {
  await migrate(storage.database);
  const options = { abortOnError: false, logger: new ServiceLog() };
  const worker = await NestFactory.create<NestFastifyApplication>(
    OperationsModule.on(storage),
    new FastifyAdapter(tls && { https: tlsOptions(tls) }),
    options,
  );
  await followTheLog(worker, { sealInThread: true });
  return worker;
}
