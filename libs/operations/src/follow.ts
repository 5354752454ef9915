import { Logger, type INestApplicationContext } from '@nestjs/common';
import { ProjectionHost } from '@sajeon/read-models';
import { OverlapFeed, PolicyHost } from '@sajeon/workflow';

/** Makes this process follow the log: views, policies and the overlap index. Any number of processes may. */
export async function followTheLog(app: INestApplicationContext): Promise<void> {
  app.get(OverlapFeed).start();
  app.get(ProjectionHost).start();
  await app.get(PolicyHost).start();
  new Logger('worker').log('following the log: views, policies, overlap index');
}
