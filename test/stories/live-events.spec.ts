import { PLAN, seen, Service, SYSTEM } from './service.js';

let service: Service;
let url: string;
beforeAll(async () => {
  service = await Service.start();
  await service.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(service.app.getHttpServer().address() as { port: number }).port}`;
});
afterAll(() => service.stop());

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly consultation: string; readonly revision: string };
}

/** Listens as somebody; `until` ends the listening with what was heard. */
async function listen(as: string, from: string): Promise<{ until(count: number): Promise<Heard[]> }> {
  const stop = new AbortController();
  const answer = await fetch(`${url}/v1/events`, {
    headers: { authorization: `Bearer ${as}`, 'last-event-id': from },
    signal: stop.signal,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  return {
    async until(count) {
      const heard: Heard[] = [];
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
          if (field('id') !== '') heard.push({ id: field('id'), type: field('event'), data: JSON.parse(field('data')) });
        }
        if (heard.length >= count) break;
      }
      stop.abort();
      return heard;
    },
  };
}

it('tells each side what it may know, live, and goes on after the last event heard', async () => {
  const head = (await service.get('/v1/consultations', 'demo-auditor')).headers['x-position'] ?? '0';
  const applicant = await listen('demo-suwon', head);
  const authority = await listen('demo-gyeonggi-reviewer', head);
  const project = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
  const drafted = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  await service.post(`/v1/consultations/${drafted.body.id}/submission`, 'demo-suwon', undefined, seen(drafted));

  const mine = await applicant.until(3);
  expect(mine.map(({ type }) => type)).toEqual(['consultation-drafted', 'consultation-submitted', 'overlap-screened']);
  expect(mine[0]?.data.consultation).toBe(drafted.body.id);
  const theirs = await authority.until(2);
  expect(theirs.map(({ type }) => type)).toEqual(['consultation-submitted', 'overlap-screened']);

  const resumed = await (await listen('demo-suwon', mine[0]?.id ?? '')).until(2);
  expect(resumed).toEqual(mine.slice(1));
});

it('tells the owner of an overlapping system of a case from the invitation to the end of the joint review', async () => {
  await service.post('/v1/systems', 'demo-admin', SYSTEM);
  const project = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
  const drafted = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  const at = `/v1/consultations/${drafted.body.id}`;
  const owner = await listen('demo-mois-owner', drafted.headers['x-position'] ?? '0');
  const reviewer = await listen('demo-gyeonggi-reviewer', drafted.headers['x-position'] ?? '0');
  await service.post(`${at}/submission`, 'demo-suwon', undefined, seen(drafted));
  const screened = await reviewer.until(2);
  expect(screened.at(-1)?.type).toBe('overlap-screened');
  const act = async (as: string, path: string, body: unknown, revision: number) => {
    const answer = await service.post(`${at}${path}`, as, body, { 'if-match': `"${revision}"` });
    expect([path, answer.status]).toEqual([path, 201]);
  };
  await act('demo-gyeonggi-reviewer', '/receipt', { track: 'standard' }, 2);
  const { body } = await service.get(at, 'demo-gyeonggi-reviewer', { 'x-after': screened.at(-1)?.id ?? '0' });
  const candidate = body.finding.candidates[0].id;
  const dueOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await act('demo-gyeonggi-reviewer', '/joint-reviews', { candidate, owner: 'mois', dueOn }, 3);
  await act('demo-mois-owner', '/joint-reviews/1/opinion', { opinion: 'LINK', terms: '연계 API를 연다.' }, 4);
  await act('demo-gyeonggi-reviewer', '/joint-reviews/1/conclusion', { conclusion: 'AGREEMENT', remarks: '' }, 5);
  expect((await owner.until(3)).map(({ type }) => type)).toEqual([
    ...['joint-review-opened', 'owner-opinion-submitted', 'joint-review-closed'],
  ]);
});

it('tells a neighbour nothing', async () => {
  const before = (await service.get('/v1/consultations', 'demo-auditor')).headers['x-position'] ?? '0';
  const neighbour = await listen('demo-seongnam', '0');
  const project = await service.post('/v1/projects', 'demo-seongnam', { plan: { ...PLAN, title: '성남시 사업' } });
  const own = await service.post('/v1/consultations', 'demo-seongnam', { project: project.body.id });
  const [first] = await neighbour.until(1);
  expect(first?.data.consultation).toBe(own.body.id);
  expect(BigInt(first?.id ?? 0)).toBeGreaterThan(BigInt(before));
});

it('refuses a resume point that is none, and listeners that it does not know', async () => {
  const bad = await fetch(`${url}/v1/events`, { headers: { authorization: 'Bearer demo-suwon', 'last-event-id': 'x' } });
  expect(bad.status).toBe(400);
  expect((await fetch(`${url}/v1/events`)).status).toBe(401);
});
