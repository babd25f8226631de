import { expect, test } from 'vitest';
import { listensOf, serversListening } from '../../../src/model/nginx/different-listens.ts';
import { nginxOf } from './model.ts';

/** A server of one line for each of these, as people write them. */
const server = (name: string, ...listens: readonly string[]): string =>
  `server {\n    server_name ${name};\n${listens.map((words) => `    listen ${words};\n`).join('')}}\n`;

const nginx = nginxOf(
  [
    server('a', '80', '443 ssl'),
    server('b', '80', '443 ssl reuseport'),
    server('c'),
    server('d', '443 ssl', '0.0.0.0:80'),
    server('e', '80', '443 ssl'),
  ].join('\n'),
);

/** The servers that write each `listen`, by its words. */
function writers(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { listen, servers } of listensOf(nginx).different) {
    const words = (listen.directive?.args ?? []).map(({ value }) => value).join(' ');
    found.set(words, [...(found.get(words) ?? []), ...servers.map(({ names }) => names[0]?.value ?? '')]);
  }
  return found;
}

test('every listen is among those that differ, with the servers that write it', () => {
  expect([...writers()]).toEqual([
    ['80', ['a', 'b', 'e']],
    ['443 ssl', ['a', 'd', 'e']],
    ['443 ssl reuseport', ['b']],
    ['', ['c']],
    ['0.0.0.0:80', ['d']],
  ]);
});

test('lines of the same words are one', () => {
  const many = nginxOf(Array.from({ length: 50 }, (_, at) => server(`s${at}`, '80', '443 ssl')).join('\n'));
  expect(listensOf(many).different.length).toBeLessThan(10);
});

test('a server with a listen that is no address is named', () => {
  const { unread } = listensOf(nginxOf(server('a', '80') + server('b', '80', '127.0.0.1:$port')));
  expect(unread.map(({ names }) => names[0]?.value)).toEqual(['b']);
});

test('the servers with a listen of a sort come in order, each once', () => {
  const servers = serversListening(nginx, ({ tls }) => tls);
  expect(servers.map(({ names }) => names[0]?.value)).toEqual(['a', 'b', 'd', 'e']);
});
