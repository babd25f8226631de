import { expect, test } from 'vitest';
import { listensOf, serversListening } from '../../../src/model/nginx/different-listens.ts';
import { nginxOf } from './model.ts';

const nginx = nginxOf(`
  server { server_name a; listen 80; listen 443 ssl; }
  server { server_name b; listen 80; listen 443 ssl reuseport; }
  server { server_name c; }
  server { server_name d; listen 443 ssl; listen 0.0.0.0:80; }
`);

test('a listen of the same words is one for all servers', () => {
  const found = listensOf(nginx).different.map(({ listen: { directive }, servers }) => [
    directive?.args.map(({ value }) => value).join(' '),
    ...servers.map(({ names }) => names[0]?.value),
  ]);
  expect(found).toEqual([
    ['80', 'a', 'b'],
    ['443 ssl', 'a', 'd'],
    ['443 ssl reuseport', 'b'],
    [undefined, 'c'],
    ['0.0.0.0:80', 'd'],
  ]);
});

test('a server with a listen that is no address is named', () => {
  const { unread } = listensOf(
    nginxOf('server { listen 80; } server { listen 80; listen 127.0.0.1:$port; }'),
  );
  expect(unread).toHaveLength(1);
  expect(unread[0]?.listens).toHaveLength(1);
});

test('the servers with a listen of a sort come in order, each once', () => {
  const servers = serversListening(nginx, ({ tls }) => tls);
  expect(servers.map(({ names }) => names[0]?.value)).toEqual(['a', 'b', 'd']);
});
