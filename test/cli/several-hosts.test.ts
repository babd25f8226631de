import { describe, expect, test } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n';
const etc = (host: string) => ({
  [`/srv/hosts/${host}/etc/passwd`]: passwd,
  [`/srv/hosts/${host}/etc/group`]: 'root:x:0:\nwww-data:x:33:\n',
});

const pool = (lines: string): string =>
  `[www]\nuser = www-data\n${lines}\npm = static\npm.max_children = 4\n`;

/** A load balancer that passes to PHP on one machine and to an app on another. */
function deployment(more: Record<string, string> = {}) {
  return {
    ...etc('lb'),
    ...etc('web1'),
    ...etc('app1'),
    '/srv/hosts/lb/etc/nginx/nginx.conf':
      'events {}\nhttp {\n  server {\n    listen 80;\n    server_name shop.example.com;\n' +
      '    location ~ \\.php$ { fastcgi_pass 10.0.0.5:9000; }\n' +
      '    location /api/ { proxy_pass http://app1.internal:3000; }\n  }\n}\n',
    '/srv/hosts/web1/etc/php/8.2/fpm/php-fpm.conf': 'include=/etc/php/8.2/fpm/pool.d/*.conf\n',
    '/srv/hosts/web1/etc/php/8.2/fpm/pool.d/www.conf': pool('listen = 9000'),
    '/srv/no502.yaml':
      'hosts:\n  lb:\n    root: hosts/lb\n    addresses: [10.0.0.2]\n' +
      '  web1:\n    root: hosts/web1\n    addresses: [10.0.0.5]\n' +
      '  app1:\n    root: hosts/app1\n    addresses: [app1.internal]\n    apps:\n      api: 3000\n',
    ...more,
  };
}

async function run(files: Record<string, string>, ...args: string[]) {
  const { io, stdout, stderr } = fakeIo({ files });
  const code = await main(args, io);
  return { code, out: stdout(), err: stderr() };
}

const web1Pool = '/srv/hosts/web1/etc/php/8.2/fpm/pool.d/www.conf';

describe('hosts of no502.yaml', () => {
  test('are linked with each other', async () => {
    const { code, out } = await run(deployment(), '--verbose');
    expect(out).toContain('3 hosts; 1 server, 2 passes: 2 have a listener');
    expect(code).toBe(0);
  });

  test('a pool on the loopback address of its machine is not reached from another', async () => {
    const { code, out } = await run(deployment({ [web1Pool]: pool('listen = 127.0.0.1:9000') }));
    expect(out).toContain(
      'error[fastcgi-pass-not-listened]: the pool www of PHP 8.2 of the host web1 listens on 127.0.0.1:9000 only',
    );
    expect(out).toContain('connect() failed (111: Connection refused) while connecting to upstream');
    expect(code).toBe(1);
  });

  test('a pool on another port is none that answers', async () => {
    const { out } = await run(deployment({ [web1Pool]: pool('listen = 9001') }));
    expect(out).toContain(
      'error[fastcgi-pass-not-listened]: no pool of the host web1 listens on 10.0.0.5:9000',
    );
  });

  test('a list of clients that holds only the loopback address shuts the others out', async () => {
    const lines = 'listen = 9000\nlisten.allowed_clients = 127.0.0.1';
    const { out } = await run(deployment({ [web1Pool]: pool(lines) }));
    expect(out).toContain(
      'error[allowed-clients-excludes-nginx]: the pool www drops the connections of nginx, which come from 10.0.0.2',
    );
  });

  test('a list of clients without the addresses told is worth a warning: there may be more', async () => {
    const lines = 'listen = 9000\nlisten.allowed_clients = 10.0.0.3';
    const { code, out } = await run(deployment({ [web1Pool]: pool(lines) }));
    expect(out).toContain('warning[allowed-clients-excludes-nginx]');
    expect(code).toBe(0);
  });

  test('an address of nobody who was given is unknown', async () => {
    const yaml = deployment()['/srv/no502.yaml'].replace('10.0.0.5', '10.0.0.6');
    const { code, out } = await run(deployment({ '/srv/no502.yaml': yaml }));
    expect(out).toContain('(10.0.0.5 is no');
    expect(code).toBe(0);
  });

  test.each([
    ['root: hosts/lb', 'root belongs to one of the hosts'],
    ['apps: { api: 3000 }', 'apps belongs to one of the hosts'],
    ['hosts: { db: { addresses: [10.0.0.9] } }', 'hosts.db needs root'],
  ])('%s beside them is refused', async (line, message) => {
    const yaml = line.startsWith('hosts') ? line : `${deployment()['/srv/no502.yaml']}${line}\n`;
    const { code, err } = await run(deployment({ '/srv/no502.yaml': yaml }));
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('a root that is not there is said with the name of its host', async () => {
    const yaml = deployment()['/srv/no502.yaml'].replace('hosts/web1', 'hosts/web9');
    const { code, err } = await run(deployment({ '/srv/no502.yaml': yaml }));
    expect(err).toContain('hosts.web1: root hosts/web9: No such file or directory');
    expect(code).toBe(2);
  });
});
