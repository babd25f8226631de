import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';
import {
  type Directive,
  nameWordOf,
  type ParsedNginx,
  reportedLineOf,
} from '../../../src/syntax/nginx/tree.ts';
import { configText } from './arbitrary.ts';
import { sourceOf } from './source-of.ts';
import { tokenizerCases } from './tokenizer-cases.ts';

function parse(text: string): ParsedNginx {
  return parseNginx(sourceOf(text));
}

/** The tree in a line: `server{root(/a)}`. */
function shape(directives: readonly Directive[]): string {
  return directives
    .map(({ name, args, block }) => {
      const words = args.length === 0 ? '' : `(${args.map((word) => word.value).join(',')})`;
      return `${name}${words}${block ? `{${shape(block)}}` : ''}`;
    })
    .join(' ');
}

function says(text: string): readonly (readonly [string, number | undefined])[] {
  return parse(text).problems.map((problem) => [problem.message, problem.reportedLine] as const);
}

describe('parseNginx', () => {
  it('reads directives, arguments and blocks', () => {
    const { directives, problems } = parse('user a b;\nhttp { server { listen 80; } # x\n server {} }');
    expect(shape(directives)).toBe('user(a,b) http{server{listen(80)} server{}}');
    expect(problems).toEqual([]);
  });

  it('resolves quotes and escapes as nginx does', () => {
    const { directives } = parse(String.raw`a "b\"c" 'd\te' f\ng \. "" h\;i;`);
    expect(directives[0]?.args.map((word) => word.value)).toEqual([
      'b"c',
      'd\te',
      'f\ng',
      String.raw`\.`,
      '',
      String.raw`h\;i`,
    ]);
    expect(directives[0]?.args.map((word) => word.quoted)).toEqual([true, true, false, false, true, false]);
  });

  it('takes a byte order mark for the first letter of the first word', () => {
    expect(parse('\ufeffhttp {}').directives[0]?.name).toBe('\ufeffhttp');
  });

  it('knows the line nginx names, that of the ; or {', () => {
    const { directives } = parse('root\n /a\n ;\nserver\n{\n}');
    expect(directives.map(reportedLineOf)).toEqual([3, 5]);
  });

  it('gives the places of a directive', () => {
    const text = '  server { root "/a" ; }';
    const [server] = parse(text).directives;
    const [root] = server?.block ?? [];
    expect(server && text.slice(server.start, server.end)).toBe('server { root "/a" ; }');
    expect(root && text.slice(root.start, root.end)).toBe('root "/a" ;');
    expect(root?.args[0]).toEqual({ value: '/a', start: 16, end: 20, quoted: true });
  });

  it('keeps the body of a Lua block out of the tree', () => {
    const text = 'location / { content_by_lua_block {\n  local t = {} -- }\n  ngx.say([[ } ]])\n} root /a; }';
    const [location] = parse(text).directives;
    const [lua, root] = location?.block ?? [];
    expect(lua?.block).toEqual([]);
    expect(lua?.body && text.slice(lua.body.start, lua.body.end)).toContain('ngx.say([[ } ]])');
    expect(root?.name).toBe('root');
  });

  it('names the Lua block that does not end', () => {
    expect(says('content_by_lua_block {\n x = "}"\n')).toEqual([
      ['unexpected end of file, expecting terminating characters for lua code block', 1],
    ]);
    expect(says('content_by_lua_block {\n x = [=[ ]]\n}')).toEqual([
      ['Lua code block missing the closing long bracket "]=]"', 2],
    ]);
  });

  it.each(tokenizerCases)('says what nginx says of $title', ({ text, says: expected }) => {
    // What takes knowledge of the directives is the task of the checks.
    if (expected?.[0].startsWith('directive')) return;
    expect(says(text)[0]).toEqual(expected);
  });
});

describe('going on after an error', () => {
  it.each([
    ['a missing ; before }', 'server { root /a }\nserver { root /b; }', 'server{root(/a)} server{root(/b)}'],
    ['an unclosed quote', 'root "/a;\nindex b;', 'root(/a) index(b)'],
    ['an unclosed quote that meets another', 'root "/a;\nindex "b";', 'root(/a) index(b)'],
    ['an unclosed quote before a block', 'location "/a {\n root /b;\n}', 'location(/a){root(/b)}'],
    ['a } too many', '}\nserver {}', 'server{}'],
    ['a missing }', 'server { location / { root /a;\n}\nserver {}', 'server{location(/){root(/a)} server{}}'],
    ['a stray ; before a block', 'location / ;\n{ root /a; }', 'location(/){root(/a)}'],
    ['a block without a name', 'a {}\n{ b; }\nc;', 'a{} b c'],
    ['a placeholder', '{% if x %}\nserver { listen {{ port }}; }\n{% end %}', 'server{listen({{ port }})}'],
    ['a placeholder in a word', 'proxy_pass http://{{ host }}:80/a;', 'proxy_pass(http://{{ host }}:80/a)'],
    ['an end in a directive', 'server { root /a', 'server{root(/a)}'],
  ])('%s', (_, text, expected) => {
    const { directives, problems } = parse(text);
    expect(shape(directives)).toBe(expected);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('points at the block whose } is missing, by its indentation', () => {
    const text = 'http {\n  server {\n    location / {\n      root /a;\n  }\n}\n';
    const [problem] = parse(text).problems;
    expect(problem?.reportedLine).toBe(7);
    expect(problem?.help).toBe('the "{" of "location" on line 3 has no "}"');
  });

  it('points at the quote that is not closed', () => {
    const text = 'root /a;\nindex "b;\nroot /c;\n';
    const [problem] = parse(text).problems;
    expect(problem && text.slice(problem.span.start, problem.span.end)).toBe('"b');
  });
});

describe('any text', () => {
  it('any prefix is read without an exception, and spans nest', () => {
    fc.assert(
      fc.property(configText, fc.nat(), (text, cut) => {
        const prefix = text.slice(0, cut % (text.length + 1));
        const { directives, problems } = parse(prefix);
        expectNested(directives, 0, prefix.length);
        for (const { span } of problems) {
          expect(0 <= span.start && span.start <= span.end && span.end <= prefix.length).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is one directive written back and read again', () => {
    const word = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 4 }), (name, args) => {
        const quoted = [name, ...args].map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`);
        const { directives, problems } = parse(`${quoted.join(' ')};`);
        expect(problems).toEqual([]);
        expect([directives[0]?.name, ...(directives[0]?.args.map(({ value }) => value) ?? [])]).toEqual([
          name,
          ...args,
        ]);
      }),
    );
  });

  it.each([
    ['100,000 blocks in each other', 'a{'.repeat(100_000) + '}'.repeat(100_000)],
    ['100,000 blocks that do not end', 'a{'.repeat(100_000)],
    ['100,000 braces too many', '}'.repeat(100_000)],
    ['100,000 braces without a name', '{'.repeat(100_000)],
    ['100,000 unclosed quotes', `a "b'\n`.repeat(100_000)],
    ['a line of a million characters', `a ${'b'.repeat(1_000_000)};`],
    ['100,000 placeholders that do not end', '{{ '.repeat(100_000)],
    ['half a million quotes in a Lua block', `content_by_lua_block {${`"'`.repeat(250_000)}`],
  ])('%s take time in proportion', (_, text) => {
    const before = performance.now();
    parse(text);
    expect(performance.now() - before).toBeLessThan(15_000);
  });
});

function expectNested(directives: readonly Directive[], from: number, to: number): void {
  let after = from;
  for (const directive of directives) {
    const { start, end, args, block } = directive;
    const nameWord = nameWordOf(directive);
    expect(after <= start && start === nameWord.start && end <= to).toBe(true);
    let wordsAfter = start;
    for (const word of [nameWord, ...args]) {
      expect(wordsAfter <= word.start && word.start < word.end && word.end <= end).toBe(true);
      wordsAfter = word.end;
    }
    if (block) expectNested(block, wordsAfter, end);
    after = end;
  }
}
