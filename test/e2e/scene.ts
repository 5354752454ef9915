// What the service answers is held to its contract by the stories; here it only sets the scene.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** Over HTTP, as the demonstration user of this name. */
export class Scene {
  constructor(private readonly url: string) {}

  async ask(method: string, path: string, as: string, body?: unknown, revision?: string): Promise<Json> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told: Json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`);
    return told;
  }

  /** Until the page shows it: policies act on their own time. */
  async until(path: string, as: string, ready: (body: Json) => boolean): Promise<Json> {
    for (;;) {
      const answer: Json = await this.ask('GET', path, as).catch(() => null);
      if (answer !== null && ready(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Does it on what the case shows now, and waits for the case to show it. */
  async act(id: string, as: string, path: string, body?: unknown): Promise<Json> {
    const at = `/v1/consultations/${id}`;
    const { revision } = await this.ask('GET', at, as);
    const receipt = await this.ask('POST', `${at}/${path}`, as, body, revision);
    return this.until(at, as, (the) => BigInt(the.position) >= BigInt(receipt.position));
  }

  /** A case that the city has filed and the province has received, screened. */
  async received(plan: object, applicant = 'demo-suwon', reviewer = 'demo-gyeonggi-reviewer'): Promise<Json> {
    const project = await this.ask('POST', '/v1/projects', applicant, { plan });
    const { id } = await this.ask('POST', '/v1/consultations', applicant, { project: project.id });
    await this.until(`/v1/consultations/${id}`, applicant, () => true);
    await this.act(id, applicant, 'submission');
    await this.until(`/v1/consultations/${id}`, reviewer, ({ finding }) => finding !== null);
    return this.act(id, reviewer, 'receipt', { track: 'standard' });
  }

  /** Settles what is open, proposes and has it approved and told. */
  async decided(id: string, outcome: string, documentNumber: string, conditions: readonly object[] = []): Promise<Json> {
    const reviewer = 'demo-gyeonggi-reviewer';
    const { unsettled } = await this.ask('GET', `/v1/consultations/${id}`, reviewer);
    for (const candidate of unsettled)
      await this.act(id, reviewer, `overlaps/${candidate}/dismissal`, { relation: 'UNRELATED', reason: '다른 업무이다.' });
    const { checklist } = await this.ask('GET', `/v1/consultations/${id}/decision-rules`, reviewer);
    const opinions = checklist.map(({ number }: Json) => ({ item: number, verdict: 'SUITABLE', text: '' }));
    const decision = { outcome, reasons: '검토항목을 살펴본 결과이다.', opinions, conditions };
    const { proposals } = await this.act(id, reviewer, 'decisions', decision);
    const { proposal } = proposals.at(-1);
    await this.act(id, 'demo-gyeonggi-approver', `decisions/${proposal}/approval`);
    return this.act(id, reviewer, 'notification', { proposal, documentNumber });
  }
}
