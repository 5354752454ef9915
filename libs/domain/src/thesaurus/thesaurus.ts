import type { Decider, DomainCommand } from '../kernel/decider.js';
import { Malformed, NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkStamp, checkText, checkTexts, LIMITS } from '../kernel/wellformed.js';
import type { ThesaurusEvent } from './events.js';

export type AddConcept = DomainCommand<
  'add-concept',
  { readonly concept: string; readonly words: readonly string[]; readonly source: string }
>;
export type WithdrawConcept = DomainCommand<'withdraw-concept', { readonly concept: string; readonly reason: string }>;

export type ThesaurusCommand = AddConcept | WithdrawConcept;

/** Words that mean the same to the comparison. */
export interface ThesaurusConcept {
  readonly id: string;
  readonly words: readonly string[];
  readonly source: string;
}

export interface ThesaurusState {
  /** How often the thesaurus has changed: names one state of it, and stands in every finding made with it. */
  readonly version: number;
  /** In order of id. */
  readonly concepts: readonly ThesaurusConcept[];
  /** Reasons of those withdrawn last, by concept. */
  readonly withdrawn: Readonly<Record<string, string>>;
}

const MOST_CONCEPTS = 2000;
const LONGEST_WORD = 60;

function decide(command: ThesaurusCommand, state: ThesaurusState): readonly ThesaurusEvent[] {
  const { by, at, concept } = command.data;
  checkStamp(command.data);
  checkConceptId(concept);
  const known = state.concepts.find(({ id }) => id === concept);
  switch (command.type) {
    case 'add-concept': {
      const { words, source } = command.data;
      checkWords(words);
      checkText(source, '/source', LIMITS.purpose);
      if (known && same(known, { id: concept, words, source })) return [];
      if (!known && state.concepts.length >= MOST_CONCEPTS) {
        throw new RuleViolated('thesaurus-full', {
          ko: `동의어 묶음은 ${MOST_CONCEPTS}개까지 등록할 수 있습니다. 쓰지 않는 묶음을 먼저 거두세요.`,
          en: `The thesaurus takes ${MOST_CONCEPTS} concepts. Withdraw one that is not needed first.`,
        });
      }
      return [{ type: 'concept-added', data: { by, at, concept, words, source } }];
    }
    case 'withdraw-concept': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      if (known) return [{ type: 'concept-withdrawn', data: { by, at, concept, reason } }];
      if (state.withdrawn[concept] === reason) return [];
      throw new NotFound('no-such-concept', {
        ko: '등록된 동의어 묶음이 아닙니다. 함께 배포된 동의어는 거둘 수 없습니다.',
        en: 'No such concept has been added. Those that ship with the engine cannot be withdrawn.',
      });
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** Starts with `x-`, so that no later version of the shipped thesaurus takes the name. */
function checkConceptId(concept: unknown): void {
  if (typeof concept === 'string' && /^x-[a-z0-9]+(-[a-z0-9]+)*$/.test(concept) && concept.length <= 80) return;
  throw new Malformed(
    'invalid-concept-id',
    {
      ko: '동의어 묶음의 이름은 x-로 시작하는 영문 소문자·숫자·붙임표입니다(예: x-parking).',
      en: 'The name of a concept is x- and small letters, digits and hyphens, as in x-parking.',
    },
    '/concept',
  );
}

function checkWords(words: readonly string[]): void {
  checkTexts(words, '/words');
  words.forEach((word, index) => checkText(word, `/words/${index}`, LONGEST_WORD));
  if (new Set(words.map((word) => word.trim())).size < 2) {
    throw new Malformed(
      'too-few-words',
      { ko: '같은 뜻의 말을 둘 이상 적으세요.', en: 'Name at least two words of the same meaning.' },
      '/words',
    );
  }
  words.forEach((word, index) => {
    if (/^[\p{L}\p{N}][\p{L}\p{N} ·.+-]*$/u.test(word)) return;
    throw new Malformed(
      'invalid-word',
      { ko: '낱말에는 글자, 숫자, 빈칸만 쓸 수 있습니다.', en: 'A word consists of letters, digits and spaces.' },
      `/words/${index}`,
    );
  });
}

function evolve(state: ThesaurusState, event: ThesaurusEvent): ThesaurusState {
  const { concept } = event.data;
  const others = state.concepts.filter(({ id }) => id !== concept);
  const { [concept]: _formerly, ...withdrawn } = state.withdrawn;
  const version = state.version + 1;
  switch (event.type) {
    case 'concept-added': {
      const { words, source } = event.data;
      const concepts = [...others, { id: concept, words, source }].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { version, concepts, withdrawn };
    }
    case 'concept-withdrawn':
      return { version, concepts: others, withdrawn: { ...withdrawn, [concept]: event.data.reason } };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** The national extension of the thesaurus. Refuses with `no-such-concept`, `thesaurus-full`. */
export const thesaurusDecider: Decider<ThesaurusCommand, ThesaurusEvent, ThesaurusState> = {
  initialState: { version: 0, concepts: [], withdrawn: {} },
  decide,
  evolve,
};
