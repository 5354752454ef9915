import { Logger, type INestApplicationContext } from '@nestjs/common';
import { Sealing } from '@sajeon/audit';
import { ProjectionHost } from '@sajeon/read-models';
import { Deliveries } from '@sajeon/webhooks';
import { OverlapFeed, PolicyHost, Timers } from '@sajeon/workflow';

/**
 * Makes this process follow the log: views, policies, timers, webhooks, the overlap index, and the seal. Any number of processes may. In production a
 * process seals only where `SAJEON_LOG_KEY` names the key, because a key that every machine makes for itself proves nothing.
 */
export async function followTheLog(app: INestApplicationContext, how: { readonly sealInThread?: boolean } = {}): Promise<void> {
  app.get(OverlapFeed).start();
  app.get(ProjectionHost).start();
  await app.get(PolicyHost).start();
  await app.get(Timers).start();
  await app.get(Deliveries).start();
  if (process.env['NODE_ENV'] !== 'production' || process.env['SAJEON_LOG_KEY'] !== undefined)
    app.get(Sealing).start({ inThread: how.sealInThread === true });
  else new Logger('worker').warn('this process does not seal the log: SAJEON_LOG_KEY is not set');
  new Logger('worker').log('following the log: views, policies, timers, webhooks, overlap index');
}
