import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * `libs/domain` and `libs/overlap` give the same answer on every machine and in ten years: what they know comes in as an argument.
 * (The compiler already hides `process`, `fetch` and timers from them; the clock, chance and the machine's locale are part of the language.)
 */
const pure = {
  properties: [
    {
      object: 'Date',
      property: 'now',
      message: 'A pure library has no clock: take the time as an argument (`at` of the command).',
    },
    { object: 'performance', property: 'now', message: 'A pure library has no clock: measure outside.' },
    { object: 'Math', property: 'random', message: 'A pure library has no chance: take the value as an argument.' },
    { object: 'crypto', property: 'randomUUID', message: 'A pure library makes no ids: take the id as an argument.' },
    { object: 'crypto', property: 'getRandomValues', message: 'A pure library has no chance: take the value as an argument.' },
  ],
  syntax: [
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
      message: 'A pure library has no clock: take the time as an argument (`at` of the command).',
    },
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length>1]',
      message: 'This reads its numbers in the time zone of the machine: use Date.UTC.',
    },
    {
      selector:
        'CallExpression > MemberExpression.callee[property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$/]',
      message: 'This depends on the time zone of the machine: use the UTC methods.',
    },
    {
      selector:
        'CallExpression > MemberExpression.callee[property.name=/^(toLocale\\w*|localeCompare|toDateString|toTimeString)$/]',
      message: 'This depends on the locale of the machine: compare or format explicitly.',
    },
  ],
};

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', '.dist-*/', '.sajeon/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: {
      // Nothing that was written is run.
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-fallthrough': 'error',
      'no-loss-of-precision': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-misused-new': 'error',
      // With types, few and each for a defect that tests do not see: a promise that nobody waits for, a case that nobody thought of.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['libs/domain/**/*.ts', 'libs/overlap/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...pure.properties],
      'no-restricted-syntax': ['error', ...pure.syntax],
    },
  },
);
