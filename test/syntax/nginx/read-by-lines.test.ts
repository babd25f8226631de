import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readerByLines } from '../../../src/syntax/nginx/read-by-lines.ts';
import { readWhole } from '../../../src/syntax/nginx/read-whole.ts';
import type { Contents, Statement } from '../../../src/syntax/nginx/statement.ts';
import { type Directive, directivesOf } from '../../../src/syntax/nginx/tree.ts';
import { configText } from './arbitrary.ts';
import { sourceOf } from './source-of.ts';

/** All of a tree, each directive at its place, but not which of its parts are one object. */
function plain(contents: Contents, text: string): unknown {
  const ofDirective = (directive: Directive): unknown => {
    const { name, nameEnd, args, start, end, terminator, statement } = directive;
    const { weight, depth, hasIncludes } = statement.contents ?? {};
    return {
      ...{ name, nameEnd, args, start, end, terminator, weight, depth, hasIncludes },
      hasBrace: statement.hasBrace,
      block: directive.block?.map(ofDirective),
    };
  };
  return directivesOf(contents, sourceOf(text), 0).map(ofDirective);
}

function whole(text: string): unknown {
  const { contents, problems } = readWhole(sourceOf(text));
  return problems.length === 0 ? plain(contents, text) : undefined;
}

const site = (name: string): string => `# ${name}
server {
    listen 80;
    server_name ${name}
                www.${name};
    location / {
        try_files $uri $uri/ =404; # or not
    }

    location ~ \\.php$ { include php.conf; fastcgi_pass unix:/run/${name}.sock; }
}
`;

/** The statement that a path of names and places leads to. */
function at({ statements }: Contents, ...[first = 0, ...path]: readonly number[]): Statement | undefined {
  const found = statements[first];
  return path.length > 0 && found?.contents ? at(found.contents, ...path) : found;
}

describe('a text read by its lines', () => {
  test.each([
    site('a.example.com'),
    'user a;',
    'user\n a\n;',
    'http\n{\n  server\n  {\n  }\n}\n',
    `log_format main '$remote_addr'\n  "x # y"; # z\n`,
    'a "b\nc" d;\ne;',
    'events {} http { server { listen 80; } }',
    'a b; }',
    'server {\n',
    'a {{ b }};',
    'a$b c;\na b$c;\na $b;\na ${b};\n',
    'a b#c; # d\n a; # e ; f\n\ta\t b ;\r\n',
    'a b; c d;\na;;\n',
    ';\n',
    ' ; a\n',
    'a "b" \'c\' d"e f\\;g;\n',
    'a }\n',
    'a b}c;\n',
    'a\n  b # c\n  d; # e\n',
    'x_by_lua_block a;\n',
    'content_by_lua_block {\n  x = "}"\n}\n',
    'content_by_lua_block {\n  ngx.say("a");\n}\n',
    'location / {\n  access_by_lua_block{\nreturn;\n}\n}\n',
    `${'location / {\n'.repeat(300)}${'}\n'.repeat(300)}`,
  ])('is the same tree as read whole, or none: %#', (text) => {
    const read = readerByLines();
    for (let time = 0; time < 3; time++) {
      const contents = read(text);
      if (contents) expect(plain(contents, text)).toEqual(whole(text));
    }
  });

  test('is the same tree whatever was read before it', () => {
    const read = readerByLines();
    fc.assert(
      fc.property(fc.array(configText, { maxLength: 4 }), (texts) => {
        for (const text of [...texts, ...texts]) {
          const file = `${text};\nserver {\nlisten 80;\n${text}\n}\n${site('a')}`;
          const contents = read(file);
          if (contents) expect(plain(contents, file)).toEqual(whole(file));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('shares what it says with texts that say the same', () => {
    const read = readerByLines();
    const sites = ['a', 'b', 'c', 'd'].map((name) => read(site(name)));
    const [, , third, fourth] = sites;
    if (!third || !fourth) throw new Error('four sites');
    const [listen, name, location, php] = [0, 1, 2, 3];
    expect(at(third, 0, listen)).toBe(at(fourth, 0, listen));
    expect(at(third, 0, location)).toBe(at(fourth, 0, location));
    expect(at(third, 0, name)).not.toBe(at(fourth, 0, name));
    expect(at(third, 0, php)).not.toBe(at(fourth, 0, php));
    ['a', 'b', 'c', 'd'].forEach((name, nth) => {
      const contents = sites[nth];
      expect(contents && plain(contents, site(name))).toEqual(whole(site(name)));
    });
  });

  test('a block that is like the last one only at its start is another one', () => {
    const read = readerByLines();
    const block = (last: string): string => `location / {\n  root /a;\n}${last}\n`;
    for (const last of ['', '', '', ' return 200;', ' location /b {\n}', '']) {
      const text = block(last);
      const contents = read(text);
      expect(contents && plain(contents, text)).toEqual(whole(text));
    }
  });

  test('what was not met for long is read anew', () => {
    const read = readerByLines();
    const [first] = [read(site('a')), read(site('a'))];
    const many = Array.from({ length: 20_000 }, (_, number) => `set $a ${number};\n`).join('');
    expect(read(many)?.statements).toHaveLength(20_000);
    const again = read(site('a'));
    expect(again && plain(again, site('a'))).toEqual(first && plain(first, site('a')));
  });
});
