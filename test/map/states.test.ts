import { describe, expect, test } from 'vitest';
import { mapOfSite } from './mapped.ts';

const www = 'unix:/run/php/php8.2-fpm.sock';
const quiet = 'fastcgi_read_timeout 60s; proxy_read_timeout 60s;';
const php = (target: string, more = ''): string =>
  `${quiet} ${more} location ~ \\.php$ { fastcgi_pass ${target}; }`;
const upstream = (servers: string) => ({ 'etc/nginx/conf.d/up.conf': `upstream php { ${servers} }\n` });
const pool = (lines: string) => ({
  'etc/php/8.2/fpm/pool.d/www.conf': `[www]\nuser = www-data\n${lines}\n`,
});
const broken = 'unix:/run/php/none.sock';

async function passOf(lines: string, more: Readonly<Record<string, string>> = {}) {
  const map = await mapOfSite(lines, more);
  return { map, pass: map.hosts[0].servers[0].locations[0].passes[0] };
}

describe('a pass is', () => {
  test.each([
    ['fine where a healthy pool listens', php(www), {}, 'fine'],
    ['broken where nobody listens', php(broken), {}, 'broken'],
    ['at risk where an error_page answers in its place', php(broken, 'error_page 502 @x;'), {}, 'at-risk'],
    ['fine behind an upstream', php('php'), upstream(`server ${www};`), 'fine'],
    ['broken where no server of an upstream answers', php('php'), upstream(`server ${broken};`), 'broken'],
    [
      'at risk where one of two servers does not answer',
      php('php'),
      upstream(`server ${www}; server ${broken};`),
      'at-risk',
    ],
    [
      'fine where the dead server is marked down',
      php('php'),
      upstream(`server ${www}; server ${broken} down;`),
      'fine',
    ],
    ['unknown where the request decides', `${quiet} location / { proxy_pass http://$arg_x; }`, {}, 'unknown'],
    [
      'unknown where nobody declares the app',
      `${quiet} location / { proxy_pass http://127.0.0.1:3000; }`,
      {},
      'unknown',
    ],
    [
      'broken where nginx may not open the socket',
      php('unix:/run/php/php8.2-fpm.sock'),
      pool(
        'listen = /run/php/php8.2-fpm.sock\nlisten.owner = root\nlisten.group = root\npm = static\npm.max_children = 4',
      ),
      'broken',
    ],
    [
      'broken where the master does not start',
      php(www),
      pool('listen = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 0'),
      'broken',
    ],
    [
      'broken where a bad pool takes its neighbours along',
      php(www),
      { 'etc/php/8.2/fpm/pool.d/other.conf': '[other]\nuser = www-data\nlisten = /run/o.sock\npm = wrong\n' },
      'broken',
    ],
  ])('%s', async (_title, lines, more: Readonly<Record<string, string>>, state) => {
    const { map, pass } = await passOf(lines, more);
    expect(pass.state).toBe(state);
    expect(map.summary.passes[state]).toBe(1);
  });

  test('marked where no request comes to it, and counts as nothing else', async () => {
    const { map, pass } = await passOf(`location @old { fastcgi_pass ${broken}; }`);
    expect(pass.unused).toBe('nothing leads to @old');
    expect(map.summary.passes).toEqual({ fine: 0, unknown: 0, 'at-risk': 0, broken: 0, unused: 1 });
  });
});

describe('findings lie', () => {
  test('on the pool, with the master that does not start', async () => {
    const lines =
      'listen = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 0';
    const { map } = await passOf(php(www), pool(lines));
    const [host] = map.hosts;
    const found = { rule: 'pm-dynamic-inconsistent', severity: 'error', down: 'PHP 8.2' };
    expect(host.findings).toMatchObject([found]);
    expect(host.listeners[0]).toMatchObject({ state: 'broken', down: 'PHP 8.2', findings: [found] });
  });

  test('on the host, where nginx does not start', async () => {
    const { map } = await passOf(php('127.0.0.1:x'));
    expect(map.hosts[0].findings).toMatchObject([{ severity: 'error', down: 'nginx' }]);
  });

  test('elsewhere, and are counted', async () => {
    const nginxConf =
      'user www-data;\nworker_rlimit_nofile 64;\nevents { worker_connections 1024; }\nhttp {\n    include sites-enabled/*;\n}\n';
    const { map, pass } = await passOf(php(www), { 'etc/nginx/nginx.conf': nginxConf });
    expect([pass.state, map.summary.elsewhere]).toEqual(['fine', { errors: 0, warnings: 1 }]);
  });

  test('with info left out', async () => {
    const { map, pass } = await passOf(`location ~ \\.php$ { fastcgi_pass ${www}; }`);
    expect([pass.state, pass.findings, map.summary.elsewhere]).toEqual([
      'fine',
      [],
      { errors: 0, warnings: 0 },
    ]);
  });
});

describe('nodes are shared', () => {
  test('by passes that lead to the same place', async () => {
    const { map } = await passOf(
      `${php('php')} location /x { fastcgi_pass php; }`,
      upstream(`server ${www};`),
    );
    const [{ servers, destinations, listeners }] = map.hosts;
    const to = servers[0].locations.map(({ passes }: { passes: { to: string }[] }) => passes[0]?.to);
    expect(to).toEqual(['d1', 'd1']);
    expect(destinations).toMatchObject([{ id: 'd1', kind: 'upstream', name: 'php' }]);
    expect(destinations[0].addresses[0].listeners).toEqual([listeners[0].id]);
    expect(listeners[0]).toMatchObject({ kind: 'pool', title: 'pool www of PHP 8.2', dialedBy: ['h1'] });
  });

  test('by the servers on one socket of nginx', async () => {
    const { map } = await passOf(`${quiet} location / { proxy_pass http://127.0.0.1:80; }`, {
      'etc/nginx/sites-enabled/x': [1, 2, 3]
        .map((at) => `server { listen 80; server_name s${at}; }\n`)
        .join(''),
    });
    const sockets = map.hosts[0].listeners.filter(({ kind }: { kind: string }) => kind === 'nginx');
    expect(sockets).toMatchObject([
      { title: 'nginx itself: shop.example.com, s1, 2 more', address: '0.0.0.0:80' },
    ]);
  });
});
