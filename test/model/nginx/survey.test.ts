import { expect, test } from 'vitest';
import { saidAnywhere, surveyed } from '../../../src/model/nginx/survey.ts';
import type { Statement } from '../../../src/syntax/nginx/statement.ts';
import { nginxOf } from './model.ts';

/** The `http` block of servers with a location each, in which such a line stands. */
function httpOf(...lines: readonly string[]) {
  const servers = lines.map((line, at) => `server {\nroot /s${at};\nlocation / {\n${line}\n}\n}`);
  const { http } = nginxOf(servers.join('\n'));
  if (!http) throw new Error('no http');
  return http;
}

/** What all statements of a name say, each text once, and how often any was looked at. */
function textsOf(name: string) {
  return surveyed(
    (each) => each === name,
    () => {
      const answer = { texts: new Set<string>(), looks: 0 };
      const see = ({ values }: Statement): void => {
        answer.texts.add(values.join(' '));
        answer.looks++;
      };
      return { answer, see };
    },
  );
}

const returns = textsOf('return');
const roots = textsOf('root');

test('every statement of a name is seen, however deep it stands', () => {
  const http = httpOf('return 200;', 'return 201;', 'if ($a) {\nreturn 202;\n}', 'return 201;');
  expect([...returns(http).texts].sort()).toEqual(['200', '201', '202']);
  expect([...roots(http).texts].sort()).toEqual(['/s0', '/s1', '/s2', '/s3']);
});

test('one that many blocks share is not looked at for each', () => {
  const http = httpOf(...Array.from({ length: 100 }, () => 'return 200;'));
  expect(returns(http).looks).toBeLessThan(5);
  expect(roots(http).looks).toBe(100);
});

test('an answer stays, and one host has nothing of another', () => {
  const http = httpOf('return 200;');
  expect(returns(http)).toBe(returns(http));
  expect([...returns(httpOf('return 404;')).texts]).toEqual(['404']);
});

test('a question that comes after the others is answered as well', () => {
  const http = httpOf('return 200;', 'deny all;');
  expect(roots(http).looks).toBe(2);
  const denies = saidAnywhere(['allow', 'deny'], ({ values }) => values[0] === 'all');
  expect(denies(http)).toBe(true);
  expect(denies(httpOf('deny 10.0.0.0/8;', 'root all;'))).toBe(false);
});
