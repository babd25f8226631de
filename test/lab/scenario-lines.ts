import type { App, AppProtocol } from './plan.ts';
import type { ExpectedRequest, Hunk } from './scenario.ts';

const PROTOCOLS: readonly AppProtocol[] = ['http', 'https', 'fastcgi', 'uwsgi', 'h2c', 'closing', 'silent'];

/** `GET http://shop.example.com/ Accept=x/y x3 -> 200, 502 "text"`: `x3` sends three at the same time. */
export function parseRequest(
  text: string,
  before: readonly ExpectedRequest[],
): ExpectedRequest[] | undefined {
  const match = /^([A-Z]+) (\S+)((?: \S+)*?) -> ([\w, ]+?)(?: "(.*)")?$/.exec(text.trim());
  if (!match) return undefined;
  const [, method = '', url = '', extras = '', statuses = '', saying] = match;
  const words = extras.split(' ').filter((word) => word !== '');
  const count = Number(/^x(\d+)$/.exec(words.at(-1) ?? '')?.[1] ?? '1');
  const headers = words
    .filter((word) => word.includes('='))
    .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  const expected = statuses.split(/, */).map((word) => (word === 'none' ? null : Number(word)));
  if (expected.some((status) => Number.isNaN(status))) return undefined;
  const wave = (before.at(-1)?.plan.wave ?? 0) + 1;
  return Array.from({ length: count }, (_, index) => ({
    plan: { method, url, headers, wave },
    status: expected[Math.min(index, expected.length - 1)] ?? null,
    ...(saying === undefined ? {} : { saying }),
  }));
}

/** A protocol that the lab has a small program for. */
export function parseProtocol(word: string): AppProtocol | undefined {
  return PROTOCOLS.find((known) => known === word);
}

/** `api http 127.0.0.1:3000`, then `undeclared` (the linter is not told) or `stopped` (told, but it does not run). */
export function parseApp(text: string): App | undefined {
  const [name = '', word = '', address = '', ...flags] = text.split(/\s+/);
  const protocol = parseProtocol(word);
  if (!protocol || address === '') return undefined;
  return {
    name,
    protocol,
    address,
    runs: !flags.includes('stopped'),
    declared: !flags.includes('undeclared'),
  };
}

/** Lines of a small diff: `-` goes, `+` comes, a space stays; `@@` or an empty line starts the next hunk. */
export function parseHunks(lines: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let before: string[] = [];
  let after: string[] = [];
  for (const line of [...lines, '@@']) {
    if (line === '' || line.startsWith('@@')) {
      if (before.length + after.length > 0) hunks.push({ before, after });
      before = [];
      after = [];
      continue;
    }
    const rest = line.slice(1);
    if (!line.startsWith('+')) before.push(rest);
    if (!line.startsWith('-')) after.push(rest);
  }
  return hunks;
}
