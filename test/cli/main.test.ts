import { describe, expect, test } from 'vitest';
import { version } from '../../src/about.ts';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { type FakeWorld, fakeIo } from './fake-io.ts';

const nginxConf =
  'user www-data;\nevents {}\nhttp {\n    fastcgi_read_timeout 60s;\n    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n    fastcgi_param REQUEST_METHOD $request_method;\n    include sites-enabled/*;\n}\n';
const site = (socket: string): string =>
  `server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        fastcgi_pass unix:${socket};\n    }\n}\n`;

type Tree = Readonly<Record<string, MemoryEntry>>;

/** A small host below `/srv/host`, whose site passes to this socket. */
function host(socket: string): Tree {
  const files: Record<string, MemoryEntry> = {
    'etc/nginx/nginx.conf': nginxConf,
    'etc/nginx/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
    'etc/nginx/sites-available/shop': site(socket),
    'etc/php/8.2/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
    'etc/php/8.2/fpm/pool.d/www.conf':
      '[www]\nuser = www-data\ngroup = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\nlisten.group = www-data\npm = static\npm.max_children = 2\n',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n',
    'etc/group': 'root:x:0:\nwww-data:x:33:\n',
  };
  return Object.fromEntries(Object.entries(files).map(([path, entry]) => [`/srv/host/${path}`, entry]));
}

const healthy = '/run/php/php8.2-fpm.sock';
const stale = '/run/php/php8.1-fpm.sock';

async function run(
  line: string,
  world: FakeWorld = {},
): Promise<{ code: number; stdout: string; stderr: string; written: ReadonlyMap<string, string> }> {
  const fake = fakeIo(world);
  const code = await main(line === '' ? [] : line.split(' '), fake.io);
  return { code, stdout: fake.stdout(), stderr: fake.stderr(), written: fake.written };
}

describe('a host', () => {
  test('that is healthy: exit 0 and a summary', async () => {
    const { code, stdout, stderr } = await run('--root host', { files: host(healthy) });
    expect(stdout).toContain('1 server, 1 pass: 1 has a listener; 1 php-fpm master (PHP 8.2), 1 pool\n');
    expect(stdout).not.toContain('error');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('that answers 502: exit 1, the place and the line in the log', async () => {
    const { code, stdout, stderr } = await run('--root host', { files: host(stale) });
    expect(stdout).toContain('error[stale-php-version-socket]: ');
    expect(stdout).toContain('--> host/etc/nginx/sites-available/shop:4:22\n');
    expect(stdout).toContain(
      `  log   connect() to unix:${stale} failed (2: No such file or directory) while connecting to upstream\n`,
    );
    expect([code, stderr]).toEqual([1, '']);
  });

  test('of which a site lies elsewhere says that it was not read', async () => {
    const files = { ...host(stale), '/srv/host/etc/nginx/sites-available/shop': { link: '/opt/sites/shop' } };
    const { code, stdout } = await run('--root host', { files });
    expect(stdout).toContain(
      'not read: host/etc/nginx/sites-enabled/shop (it is a link to /opt/sites/shop, which is not among\n  the files given)\n',
    );
    expect(stdout).toMatch(/\nno problem found in what could be read\n$/);
    expect(code).toBe(0);
  });

  test('as JSON', async () => {
    const { code, stdout } = await run('--root host --format json', { files: host(stale) });
    const { findings, summary } = JSON.parse(stdout);
    expect(findings).toMatchObject([
      {
        rule: 'stale-php-version-socket',
        file: 'host/etc/nginx/sites-available/shop',
        predicts: { status: 502 },
      },
    ]);
    expect(summary).toMatchObject({ servers: 1, passes: 1, linked: 0, masters: 1, pools: 1, errors: 1 });
    expect(code).toBe(1);
  });

  test('as lines for editors', async () => {
    const { stdout } = await run('--root host -f compact', { files: host(stale) });
    expect(stdout).toMatch(
      /^host\/etc\/nginx\/sites-available\/shop:4:22: error: .*php8\.1.* \[stale-php-version-socket\]\n$/,
    );
  });

  test('painted on a terminal', async () => {
    const painted = await run('--root host', { files: host(stale), columns: 80 });
    expect(painted.stdout).toContain('\u001b[31m');
    const plain = await run('--root host', { files: host(stale), columns: 80, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  test('with what was read', async () => {
    const { stdout } = await run('--root host --verbose', { files: host(healthy) });
    expect(stdout).toContain('host/etc/php/8.2/fpm/pool.d/www.conf\n');
    expect(stdout).toContain(`fastcgi_pass unix:${healthy}  the pool www of PHP 8.2\n`);
  });

  test('written to a file, without colours', async () => {
    const world = { files: host(stale), columns: 80 };
    const { code, stdout, written } = await run('--root host --output report.txt', world);
    expect([code, stdout]).toEqual([1, '']);
    expect(written.get('/srv/report.txt')).toMatch(/^error\[stale-php-version-socket\]/);
  });
});

describe('what the user sets', () => {
  const rule = 'stale-php-version-socket';

  test.each([
    ['--fail-on never', 0],
    ['--fail-on warning', 1],
    [`--rule ${rule}=warning`, 0],
    [`--rule ${rule}=warning --fail-on warning`, 1],
    [`--rule ${rule}=off`, 0],
  ])('%s: exit %i', async (options, expected) => {
    const { code } = await run(`--root host ${options}`, { files: host(stale) });
    expect(code).toBe(expected);
  });

  test('no502.yaml is read where the call is made, and the call wins over it', async () => {
    const config = { '/srv/no502.yaml': `root: host\nrules:\n  ${rule}: warning\nfailOn: warning\n` };
    const world = { files: { ...host(stale), ...config } };
    expect(await run('', world)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^warning/) });
    expect(await run('--fail-on error', world)).toMatchObject({ code: 0 });
    expect(await run(`--rule ${rule}=off`, world)).toMatchObject({ code: 0 });
  });

  test('another configuration file, with its own directory as the base', async () => {
    const world = { files: { ...host(stale), '/srv/ci/host.yaml': 'root: ../host\nfailOn: never\n' } };
    expect(await run('--config ci/host.yaml', world)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^error/),
    });
  });
});

describe('a wrong call is one clear line and exit 2', () => {
  test.each([
    ['--root nowhere', /^no502: .*nowhere/],
    ['nowhere.conf', /^no502: .*nowhere\.conf/],
    ['--rot host', /^no502: unknown option --rot; did you mean "--root"\?$/],
    ['--format josn', /^no502: --format cannot be "josn": it is pretty, .*; did you mean "json"\?$/],
    ['--fail-on warn', /^no502: --fail-on cannot be "warn": it is .*; did you mean "warning"\?$/],
    [
      '--rule stale-php-version-sock=off',
      /^no502: unknown rule .*; did you mean "stale-php-version-socket"\?$/,
    ],
    [
      '--rule stale-php-version-socket',
      /^no502: --rule .* needs a level: --rule stale-php-version-socket=off$/,
    ],
    ['--rule stale-php-version-socket=of', /^no502: --rule .* cannot be "of".*; did you mean "off"\?$/],
    ['--memory lots', /^no502: --memory cannot be "lots"; write it like 4G or 512M$/],
    ['--php eight', /^no502: --php cannot be "eight"; write it like 8\.3$/],
    ['--app api', /^no502: --app api needs a name and a port: --app api=3001$/],
    ['--config nowhere.yaml', /^no502: nowhere\.yaml: no such file$/],
    ['--quiet --verbose', /^no502: --quiet and --verbose exclude each other$/],
    [
      'explian stale-php-version-socket',
      /^no502: explian: no such file; did you mean the command "explain"\?$/,
    ],
    [
      '--root host host/etc/nginx/nginx.conf',
      /^no502: --root takes no path \(host\/etc\/nginx\/nginx\.conf\): all of that host is read; --changed /,
    ],
    ['help', /^no502: help: no such file; did you mean "--help"\?$/],
    ['--php 83', /^no502: --php cannot be "83"; write it like 8\.3; did you mean "8\.3"\?$/],
    ['--root hots', /^no502: --root hots: No such file or directory; did you mean "host"\?$/],
    [
      'host/etc/ngnix/nginx.conf',
      /^no502: host\/etc\/ngnix\/nginx\.conf: No such file or directory; did you mean "host\/etc\/nginx\/nginx\.conf"\?$/,
    ],
    ['explain timeout-missing', /^no502: unknown rule .*; did you mean "read-timeout-missing"\?$/],
    [
      'explain fpm-socket',
      /^no502: unknown rule .*; there are fpm-socket-owner-unset, fpm-socket-permission$/,
    ],
    ['explain stale-php-version-sock', /^no502: unknown rule .*; did you mean "stale-php-version-socket"\?$/],
  ])('no502 %s', async (line, message) => {
    const { code, stdout, stderr } = await run(line, { files: host(healthy) });
    expect(stderr.trimEnd()).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('a broken configuration file with its place', async () => {
    const world = { files: { ...host(healthy), '/srv/no502.yaml': 'root: host\nmemory: [4G\n' } };
    const { code, stderr } = await run('', world);
    expect(stderr).toMatch(/^no502: no502\.yaml:\d+:\d+: [^\n]+\n$/);
    expect(code).toBe(2);
  });

  test('what it names steers no terminal', async () => {
    const { code, stderr } = await run('--rule \u001b[31mred=off');
    expect(stderr).toBe('no502: unknown rule "\\x1b[31mred"; no502 rules lists them\n');
    expect(code).toBe(2);
  });

  test('a report that cannot be written', async () => {
    const fake = fakeIo({ files: host(healthy) });
    const writeFile = (): never => {
      throw Object.assign(new Error("EACCES: permission denied, open '/srv/report.1.tmp'"), {
        code: 'EACCES',
      });
    };
    const code = await main(['--root', 'host', '--output', 'report'], { ...fake.io, writeFile });
    expect(fake.stderr()).toBe('no502: cannot write report: EACCES: permission denied\n');
    expect(code).toBe(2);
  });
});

describe('help and version', () => {
  test.each([
    ['--help', /^Predict 502, 503 and 504 .*\n\nUsage: no502 \[paths\.\.\] \[options\]\n/],
    ['-h', /^Predict 502/],
    ['rules --help', /^List the rules\.\n\nUsage: no502 rules \[options\]\n/],
    ['explain --help', /^Explain a rule, or a line of a log\.\n\nUsage: no502 explain ID\.\. \[options\]\n/],
  ])('no502 %s', async (line, text) => {
    const { code, stdout } = await run(line);
    expect(stdout).toMatch(text);
    expect(code).toBe(0);
  });

  test('no502 --version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

test('a fault of ours is exit 3, says where to report it and does not look like a finding', async () => {
  const fake = fakeIo();
  const broken = {
    ...fake.io,
    get fs(): never {
      throw new TypeError('a bug');
    },
  };
  expect(await main([], broken)).toBe(3);
  expect(fake.stderr()).toMatch(
    /^no502: a fault of no502 itself; please report it at https:.*\/issues\n {2}TypeError: a bug\n/,
  );
});
