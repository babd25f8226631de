import { describe, expect, test } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

const compose =
  'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n' +
  '  php:\n    image: php:8.2-fpm\n';

const site = (target: string): string =>
  'server {\n    listen 80;\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi_params;\n' +
  `        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass ${target};\n    }\n}\n`;

async function run(files: Record<string, string>, ...args: string[]) {
  const inProject = Object.entries(files).map(([path, text]) => [`/srv/${path}`, text]);
  const { io, stdout, stderr, replaced } = fakeIo({ files: Object.fromEntries(inProject) });
  const code = await main(['.', ...args], io);
  return { code, out: stdout(), err: stderr(), replaced };
}

describe('no502 . in a repository with a compose file', () => {
  test('takes each service for a host, and says what it took for what', async () => {
    const { code, out } = await run({ 'compose.yaml': compose, 'site.conf': site('php:9000') }, '--verbose');
    expect(out).toContain('2 hosts; 1 server, 1 pass: 1 has a listener; 1 php-fpm master (PHP 8.2), 1 pool');
    expect(out).toContain('nginx    site.conf\n');
    expect(out).toContain('php-fpm  php:8.2-fpm:/usr/local/etc/php-fpm.d/zz-docker.conf\n');
    expect(code).toBe(0);
  });

  test('names an env file once, however many read it', async () => {
    const files = {
      'compose.yaml': `${compose}    env_file: .env\n`,
      '.env': 'A=1\n',
      'site.conf': site('php:9000'),
    };
    const { out } = await run(files, '--verbose');
    expect(out.split('\n').filter((line) => line.includes('.env'))).toEqual(['  env file  .env']);
  });

  test('shows the project file and the path in the container that nginx logs', async () => {
    const { code, out } = await run({ 'compose.yaml': compose, 'site.conf': site('fpm:9000') });
    expect(out).toContain('--> site.conf:7:22');
    expect(out).toContain('log   host not found in upstream "fpm" in /etc/nginx/conf.d/default.conf:7');
    expect(code).toBe(1);
  });

  test('reads nothing but nginx and pools where no service is known to have them', async () => {
    const other = 'services:\n  db:\n    image: postgres:16\n';
    const { out } = await run({ 'compose.yaml': other, 'nginx/site.conf': site('php:9000') });
    expect(out).toContain('php is a name outside of what was read');
  });

  test('lets a name be that another compose file of the repository has', async () => {
    const files = { 'web/compose.yaml': compose, 'web/site.conf': site('fpm:9000') };
    const other = { 'db/docker-compose.prod.yml': 'services:\n  fpm:\n    image: php:8.2-fpm\n' };
    expect((await run(files)).code).toBe(1);
    expect((await run({ ...files, ...other })).code).toBe(0);
  });

  test('holds workers against the memory of their service, and shows where that is set', async () => {
    const limited = `${compose}    mem_limit: 256m\n    volumes:\n      - ./pool.conf:/usr/local/etc/php-fpm.d/zz-pool.conf\n`;
    const pool = '[www]\npm = static\npm.max_children = 50\nphp_admin_value[memory_limit] = 128M\n';
    const { out } = await run({ 'compose.yaml': limited, 'site.conf': site('php:9000'), 'pool.conf': pool });
    expect(out).toContain(
      '50 workers may take 6.3 GiB, and the service php may have 256 MiB\n --> pool.conf:3:19',
    );
    expect(out).toContain('8 |     mem_limit: 256m\n  |                ---- the limit of its service\n');
  });

  // https://github.com/docker-library/php/issues/1650
  test('warns of a www.conf that counts or not, as the image was built', async () => {
    const mounted = `${compose}    volumes: ["./www.conf:/usr/local/etc/php-fpm.d/www.conf"]\n`;
    const www = (listen: string): string =>
      `[www]\nlisten = ${listen}\nuser = www-data\npm = static\npm.max_children = 4\n`;
    const files = { 'site.conf': site('php:9000'), 'www.conf': www('127.0.0.1:9000') };
    const warned = await run({ ...files, 'compose.yaml': mounted }, '-f', 'compact');
    expect(warned.out).toContain('www.conf:2:10: warning: the pool www listens on 127.0.0.1:9000 only');
    expect(warned.code).toBe(0);
    const either = await run({ ...files, 'compose.yaml': mounted });
    expect(either.out).toContain('unless php:8.2-fpm was built before 2026');
    const recent = await run({ ...files, 'compose.yaml': mounted.replace('8.2-fpm', '8.4.20-fpm') });
    expect(recent.out).toContain('error[fpm-loopback-in-container]');
    const old = await run({ ...files, 'compose.yaml': mounted.replace('8.2-fpm', '8.1-fpm') });
    expect(old.out).not.toContain('fpm-loopback-in-container');
    // Only images of 2026 let both pools listen there.
    const second = mounted.replace(
      'www.conf"]',
      'www.conf", "./api.conf:/usr/local/etc/php-fpm.d/api.conf"]',
    );
    const pools = { 'www.conf': www('9001'), 'api.conf': www('9001').replace('www', 'api') };
    const unsure = await run({ ...files, ...pools, 'compose.yaml': second });
    expect(unsure.out).not.toContain('pool-listen-conflict');
    const sure = await run({ ...files, ...pools, 'compose.yaml': second.replace('8.2-fpm', '8.4.20-fpm') });
    expect(sure.out).toContain('error[pool-listen-conflict]');
    const agreed = await run({
      ...files,
      'www.conf': www('9000'),
      'compose.yaml': mounted,
    });
    expect(agreed.out).toContain('1 pass: 1 has a listener');
  });

  test('offers no fix for what only an image holds', async () => {
    const files = { 'compose.yaml': compose, 'site.conf': site('php:9000') };
    const { code, replaced } = await run(files, '--fix-unsafe');
    expect([...replaced.keys()].filter((path) => !path.startsWith('/srv/'))).toEqual([]);
    expect([...replaced.keys()].every((path) => path === '/srv/site.conf')).toBe(true);
    expect(code).toBe(0);
  });

  test('is unmoved by a compose file that is broken', async () => {
    const { out, code } = await run({ 'compose.yaml': 'services: [', 'site.conf': site('php:9000') });
    expect(out).toContain('php is a name outside of what was read');
    expect(code).toBe(0);
  });

  test('never looks outside of the repository', async () => {
    const escaping = compose.replace('./site.conf', '../../etc/secret.conf');
    const { out } = await run({ 'compose.yaml': escaping, '../etc/secret.conf': site('fpm:9000') });
    expect(out).not.toContain('secret.conf:');
    expect(out).not.toContain('"fpm"');
  });
});
