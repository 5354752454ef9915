import type { PersonInCase } from '../contract.js';
import { josa } from '../format.js';

/** Null where none is shown. */
export function nameOf(id: string, people: readonly PersonInCase[]): string | null {
  return people.find(({ person, standing }) => person === id && standing === 'shown')?.name ?? null;
}

const PARTICLES: readonly (readonly [written: string, afterConsonant: string, afterVowel: string])[] = [
  ['이\\(가\\)|이|가', '이', '가'],
  ['을\\(를\\)|을|를', '을', '를'],
  ['으로\\(로\\)|으로|로', '으로', '로'],
];

/** The service's sentence with names in the place of pseudonyms, and the particles that they ask for. */
export function withNames(sentence: string, people: readonly PersonInCase[]): string {
  let told = sentence;
  // The longest first: one pseudonym may begin like another.
  for (const { person, name } of people.toSorted((a, b) => b.person.length - a.person.length)) {
    if (name === null) continue;
    const id = person.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    for (const [written, afterConsonant, afterVowel] of PARTICLES) {
      const particle = new RegExp(`(?<![\\w-])${id}(?:${written})(?=\\s)`, 'gu');
      told = told.replace(particle, () => `${name}${josa(name, afterConsonant, afterVowel)}`);
    }
    told = told.replace(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'gu'), () => name);
  }
  return told;
}
