import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CheckOptions, nginxCheck } from '../../../src/syntax/nginx/check.ts';
import { nginxParser, parseNginx } from '../../../src/syntax/nginx/parse.ts';
import type { NginxProblem } from '../../../src/syntax/nginx/tree.ts';
import { sourceOf } from './source-of.ts';

const snippets: Readonly<Record<string, string>> = {
  well: 'gzip on;\n',
  others: 'autoindex on;\nlisten 8080;\n',
  ill: 'sendfile maybe;\n',
};

const parsed = new Map(Object.entries(snippets).map(([name, text]) => [name, parseNginx(sourceOf(text))]));

const included: CheckOptions['included'] = ({ values: [name = ''] }) => {
  const found = parsed.get(name);
  return found && [{ parsed: found }];
};

const check = () => nginxCheck({ included, complete: false, nginxVersion: '1.22.1' });

/** Lines that are well in a server or a location, ill, or ill but for what stands beside them; one of the words in `<a|b>` stands there. */
const line = fc.constantFrom(
  ...['listen <80|443|81>;', 'listen 80<| ssl| nonsense>;', 'autoindex <on|off|maybe>;', 'gzip <on|off>;'],
  ...['include <well|ill>;', 'include <well|others>;', 'server_name <a|b|c>;', 'frobnicate <a|b>;'],
  ...['root <a|b>;', 'alias <a|b>;', 'return <200|404|99999|twice>;', 'error_log a <info|none>;'],
  ...['client_max_body_size <8m|9m|9x>;', 'proxy_redirect <off|default>;', 'limit_conn <a|b> 1;'],
  ...['location /<a|b> {\nproxy_redirect off;\n}', 'location /c\n<root|allow> {\ngzip on;\n}'],
  ...['location /<|d> { error_page <404|500|600> /a; }', 'root /a<;| index b;>', 'server_name <a|{{ b }}>;'],
);

const block = fc.letrec((tie) => ({
  lines: fc
    .array(fc.oneof({ weight: 4, arbitrary: line }, tie('location')), { maxLength: 3 })
    .map((lines) => lines.join('\n')),
  location: fc
    .tuple(fc.constantFrom('location /', 'location /<a|b>', 'location <@|=>b', 'if ($x)'), tie('lines'))
    .map(([opener, lines]) => `${opener} {\n${lines}\n}`),
}));

const server = fc.oneof(
  { weight: 4, arbitrary: block.lines.map((lines) => `server {\n${lines}\n}\n`) },
  fc.constantFrom('upstream <a|b|c> {\nserver 127.0.0.1:<80|81>;\n}\n', 'gzip_vary <on|off|maybe>;\n'),
);

/** The same servers again and again, each time with other words. */
const texts = fc
  .tuple(
    fc.array(server, { minLength: 1, maxLength: 3 }),
    fc.infiniteStream(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(3))),
  )
  .map(([servers, choices]) => {
    const choose = (_: string, words: string): string => {
      const all = words.split('|');
      return all[(choices.next().value ?? 0) % all.length] ?? '';
    };
    return Array.from({ length: 8 }, () => servers.map((text) => text.replace(/<(.*?)>/g, choose))).flat();
  });

function told(problems: readonly NginxProblem[]): readonly unknown[] {
  return problems.map(({ message, kind, fatal, help, span: { source, start, end } }) => [
    ...[message, kind, fatal, help?.replace(/ on line \d+/, '')],
    source.text.slice(start, end),
  ]);
}

it('a block is judged the same, whatever was found well before it', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const parse = nginxParser();
      const judge = check();
      for (const text of all) {
        const alone = check()(parseNginx(sourceOf(text)), 'http');
        expect(told(judge(parse(sourceOf(text)), 'http'))).toEqual(told(alone));
      }
    }),
    { numRuns: 1000 },
  );
});

it('a file is judged the same as what it says is in its stead', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const parse = nginxParser();
      const files = all.map((text) => ({ parsed: parse(sourceOf(text)) }));
      const judge = nginxCheck({
        included: (include, source) => (include.values[0] === 'all' ? files : included(include, source)),
        complete: false,
        nginxVersion: '1.22.1',
      });
      const apart = judge(parse(sourceOf('http {\ninclude all;\n}\n')), 'main');
      const inline = check()(parseNginx(sourceOf(`http {\n${all.join('')}}\n`)), 'main');
      const messages = (problems: readonly NginxProblem[]) => problems.map(({ message }) => message);
      expect(messages(apart)).toEqual(messages(inline));
    }),
    { numRuns: 500 },
  );
});
