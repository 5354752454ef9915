import type { PlanContent } from '@sajeon/domain';
import type { OverlapFinding } from '@sajeon/overlap';

/** Where a model of embeddings is served in the form of OpenAI's API. */
export interface EmbeddingService {
  /** Without `/embeddings`, e.g. `http://localhost:8080/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string;
}

/** One request holds the plan and its candidates; whoever does not answer by then is left out. */
const PATIENCE_MS = 10_000;
const LONGEST_TEXT = 8_000;

/**
 * How close the candidates are to the plan by a learned model: a second opinion beside the probability, which it never changes. Off unless a
 * service is named. Its model is part of the engine that the finding names, so that nobody takes a finding with it for one without.
 */
export class Closeness {
  constructor(private readonly service: EmbeddingService) {}

  /** What a finding names under `embeddings`. */
  get id(): string {
    return this.service.model;
  }

  /**
   * The finding with `closeness` (cosine, four decimals) on each candidate.
   * @param textOf what a candidate says, by its id
   * @throws Error when the service does not answer as expected: a finding without what it claims would be a lie
   */
  async added(finding: OverlapFinding, plan: PlanContent, textOf: (id: string) => string): Promise<OverlapFinding> {
    const engine = { ...finding.engine, embeddings: this.id };
    if (finding.candidates.length === 0) return { ...finding, engine };
    const [mine, ...theirs] = await this.embed([textIn(plan), ...finding.candidates.map(({ id }) => textOf(id))]);
    if (!mine) throw new Error(`${this.service.url} gave no embedding`);
    const candidates = finding.candidates.map((candidate, i) => ({ ...candidate, closeness: cosine(mine, theirs[i] ?? []) }));
    return { ...finding, engine, candidates };
  }

  private async embed(input: readonly string[]): Promise<readonly (readonly number[])[]> {
    const { url, model, key } = this.service;
    const response = await fetch(`${url.replace(/\/+$/, '')}/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, input: input.map((text) => text.slice(0, LONGEST_TEXT)) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const answer: unknown = await response.json();
    const data = isObject(answer) && Array.isArray(answer['data']) ? answer['data'] : [];
    const vectors: number[][] = [];
    for (const one of data) {
      if (!isObject(one) || typeof one['index'] !== 'number' || !isVector(one['embedding'])) continue;
      // The order of the answer is not promised.
      vectors[one['index']] = one['embedding'];
    }
    if (input.some((_, i) => vectors[i] === undefined))
      throw new Error(`${url} gave ${data.length} embeddings for ${input.length} texts`);
    return vectors;
  }
}

/** What a plan or record says, in one text. */
export function textIn(said: Pick<PlanContent, 'title' | 'purpose' | 'functions' | 'data' | 'text'>): string {
  return [said.title, said.purpose, ...said.functions, ...said.data, said.text].filter((part) => part !== '').join('\n');
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    left += x * x;
    right += y * y;
  }
  const similarity = left > 0 && right > 0 ? dot / Math.sqrt(left * right) : 0;
  return Math.round(Math.max(0, Math.min(1, similarity)) * 10_000) / 10_000;
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((x) => typeof x === 'number' && Number.isFinite(x));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
