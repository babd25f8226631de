import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { markdownCode, markdownText } from '../../src/report/markdown-text.ts';
import { findingAt, placeOf, reportOf } from './places.ts';
import { hostileReport, hostileTexts, plain, report, site } from './samples.ts';

/** As GitHub and GitLab read comments: HTML passes, bare addresses become links, tables and strike-through are known. */
const reader = new MarkdownIt({ html: true, linkify: true });

/** What a reader makes of a text beyond words: the kinds of its tokens, code left out. */
function markupIn(text: string): readonly string[] {
  return reader
    .parse(text, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .map(({ type }) => type)
    .filter((type) => !['inline', 'text', 'code_inline', 'paragraph_open', 'paragraph_close'].includes(type));
}

/** The words that stand outside of code. */
function proseIn(text: string): readonly string[] {
  return reader
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .flatMap(({ type, content }) => (type === 'text' ? content.split(' ') : []));
}

/** What a reader shows of a text. */
function shownOf(text: string): string {
  return reader
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .map(({ content }) => content)
    .join('');
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'`*_[]()<>#@!|~\\-+.1aA:/ \n&;"\'$={}') }),
);

describe('a sentence in Markdown', () => {
  test.each([
    ['no pool listens on unix:/run/php8.1.sock', 'no pool listens on `unix:/run/php8.1.sock`'],
    ['the pool "www" (PHP 8.2), and 3 more', 'the pool "www" (PHP 8.2), and 3 more'],
    ['unexpected "}"', 'unexpected `"}"`'],
    ['@everyone look at #1', '`@everyone` look at `#1`'],
    ['a ` b', 'a `` ` `` b'],
    ['1. one', '`1`. one'],
    ['give --memory 4G.', 'give `--memory` 4G.'],
  ])('%s', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test('is a sentence whatever it quotes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = markdownText(text);
        expect(markupIn(`x ${written}`)).toEqual([]);
        for (const word of proseIn(`x ${written}`)) expect(word).toMatch(/^["'()a-z0-9,;:.?!-]*$/i);
      }),
      { numRuns: 500, seed: 502 },
    );
  });

  test('shows a value as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'`*_[]<a ') }), (text) => {
        expect(shownOf(`x${markdownCode(text)}x`)).toBe(`x${text}x`);
      }),
      { numRuns: 500, seed: 502, examples: [['`'], ['``a`'], [' a '], [' ']] },
    );
  });
});

describe('Markdown', () => {
  test('tells the story of each finding', () => {
    expect(`\n${markdown({ ...report, findings: report.findings.slice(0, 1) }, plain)}`).toBe(`
## no502: 1 error, 1 warning, 1 info

### error: no pool listens on \`unix:/run/php8.1.sock\`

\`etc/nginx/sites-available/my shop:2:18\` · [dead-socket](https://github.com/no502/no502/blob/main/rules/README.md#dead-socket)

\`\`\`
fastcgi_pass unix:/run/php8.1.sock;
\`\`\`

- \`/etc/php/8.2/fpm/pool.d/www.conf:2:10\`: PHP 8.2 listens here
- **Then** visitors of \`shop.example.com\` get 502 Bad Gateway
- **Help** point it at the socket of PHP 8.2
- **Fix** \`fastcgi_pass unix:/run/php8.2.sock;\`

Log:

\`\`\`
connect() to unix:/run/php8.1.sock failed (2: No such file or directory)
\`\`\`

- 1 server, 1 pass: 1 has a listener; 1 php-fpm master (PHP 8.2), 1 pool
- not checked: memory (give \`--memory\` 4G)
- not read: \`etc/nginx/big.conf\` (larger than 10 MB)
`);
  });

  test('of no findings is a verdict', () => {
    expect(markdown(reportOf([]), plain)).toMatch(/^## no502: no problem found\n/);
    expect(markdown({ ...report, findings: [] }, plain)).toMatch(/^## no502: no problem found in what/);
  });

  test.each(hostileTexts)('is not broken out of by a file: %j', (text) => {
    const kinds = (of: string): readonly string[] => [
      ...new Set(markupIn(markdown(hostileReport(of), plain))),
    ];
    expect(kinds(text)).toEqual(kinds('plain'));
    const links = reader
      .parse(markdown(hostileReport(text), plain), {})
      .flatMap(({ children }) => children ?? [])
      .flatMap((token) => token.attrGet('href') ?? []);
    expect(new Set(links)).toEqual(
      new Set(['https://github.com/no502/no502/blob/main/rules/README.md#dead-socket']),
    );
  });

  test('fits into a comment', () => {
    const many = Array.from({ length: 2000 }, () => findingAt(placeOf(site, 'server')));
    const text = markdown(reportOf(many), plain);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\*\*1\d\d\d more findings\*\* did not fit here\./);
  });
});
