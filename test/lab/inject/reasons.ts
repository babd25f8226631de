import type { Disagreement } from './score.ts';

/** Why a mutant that fails is rightly not called an error. */
export interface Reason {
  /** One sentence, for score.md. */
  readonly why: string;
  matches(missed: Disagreement): boolean;
}

/** The causes that stay, each with its reason; the first that fits counts. What no reason fits is a defect of the linter. */
export const REASONS: readonly Reason[] = [
  {
    why: 'A warning tells the very line that the servers write, and names the condition under which they do: an app that was not declared, or a value that the visitor chooses.',
    matches: ({ warnings }) => warnings.length > 0,
  },
  {
    why: 'The host has no php-fpm: who listens for `fastcgi_pass` is a program that nobody declared, and it may be anywhere.',
    matches: ({ operator, detail }) => operator.endsWith('for fastcgi_pass') && detail.includes('connect()'),
  },
  {
    why: 'A map of what the visitor sends has one value that nginx cannot use: only visitors who send it get 500.',
    matches: ({ detail }) => detail.includes('invalid URL prefix in "http://"'),
  },
  {
    why: 'A server without a name answers 503 to those who ask for nobody’s site: that may be meant.',
    matches: ({ operator, what }) =>
      operator === 'nginx: add return' && what.includes('sites-available/default'),
  },
  {
    why: '`localhost` has two addresses, and the resolver of the host decides which of them php-fpm takes.',
    matches: ({ detail }) => detail.includes('Found multiple addresses for localhost'),
  },
  {
    why: 'The tree does not show the directory above the one that is missing: nobody said what is in it.',
    matches: ({ host, what }) => host === 'tcp' && what.includes('/var/log/gone/'),
  },
];

/** The reason why a mutant was missed; undefined for what has none, and for false errors, which never have one. */
export function reasonOf(disagreement: Disagreement): Reason | undefined {
  if (disagreement.kind === 'false error') return undefined;
  return REASONS.find((reason) => reason.matches(disagreement));
}
