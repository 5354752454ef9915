import { canonicalJson, type RecordedEvent } from '@sajeon/event-store';
import { coreOf, coreText } from './core.js';

const event: RecordedEvent = {
  id: '7f2c1a52-8a3b-4a3e-9a57-0c8a5c9f0f11',
  type: 'system-registered',
  stream: 'system-가"\\나',
  revision: 2n ** 63n,
  position: 7n,
  recordedAt: '2026-11-22T01:02:03.000004Z',
  data: { z: 1, a: [null, '\u0000'] },
  metadata: {},
};
const whole = { schema: '1', actor: 'p-1\n', agency: '행안부', commandId: 'c', causationId: '\ud800', correlationId: '😀' };

it.each([
  {},
  whole,
  ...Object.keys(whole).map((left) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== left))),
])('writes a core as RFC 8785 does, whatever the metadata have: %j', (metadata) => {
  for (const prev of [null, Buffer.alloc(32, 250)]) {
    const core = coreOf('log/정', 12n, { ...event, metadata }, prev);
    expect(coreText(core)).toBe(canonicalJson(core));
  }
});
