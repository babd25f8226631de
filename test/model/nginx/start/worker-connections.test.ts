import { describe, expect, it } from 'vitest';
import { tooFewConnections } from '../../../../src/model/nginx/start/worker-connections.ts';
import { hostOf } from '../../host-of.ts';

/** What is said of so many connections beside some servers, each with a pass. */
async function said(connections: string, ...listens: readonly string[]): Promise<string | undefined> {
  const servers = listens.map(
    (listen) => `server {\n${listen}\nlocation / { fastcgi_pass 127.0.0.1:9; }\n}\n`,
  );
  const { nginx } = await hostOf({
    'etc/nginx/nginx.conf': `user www-data;\nevents { ${connections} }\nhttp {\n${servers.join('')}}\n`,
  });
  return nginx && tooFewConnections(nginx)?.log;
}

describe('worker_connections', () => {
  it.each([
    ['worker_connections 0;', ['listen 80;'], '0 worker_connections are not enough for 1 listening sockets'],
    ['worker_connections 1;', [''], '1 worker_connections are not enough for 1 listening sockets'],
    [
      'worker_connections 2;',
      ['listen 80;', 'listen [::]:80;'],
      '2 worker_connections are not enough for 2 listening sockets',
    ],
    [
      'worker_connections 2;',
      ['listen 80;', 'listen 127.0.0.1:80 backlog=9;'],
      '2 worker_connections are not enough for 2 listening sockets',
    ],
    [
      'worker_connections 3;',
      ['listen 80;'],
      '3 worker_connections are not enough while connecting to upstream',
    ],
  ])('%s beside %j says so', async (connections, listens, log) => {
    expect(await said(connections, ...listens)).toBe(log);
  });

  it.each([
    ['', ['listen 80;']],
    ['worker_connections 4;', ['listen 80;']],
    // One socket takes all four addresses.
    ['worker_connections 4;', ['listen 80;', 'listen 127.0.0.1:80;', 'listen 10.0.0.1:80;', 'listen *:80;']],
    // The first connection of a worker that has none left is that of its channel: what happens then is not told.
    ['worker_connections 2;', ['listen 80;']],
    ['worker_connections 1;', ['listen localhost:80;']],
    ['worker_connections 1;', ['listen 80 quic;']],
  ])('%s beside %j is left alone', async (connections, listens) => {
    expect(await said(connections, ...listens)).toBeUndefined();
  });
});
