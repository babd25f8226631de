import { describe, expect, it } from 'vitest';
import { buildMaster, type MasterOptions, refusalOf } from '../../../src/model/fpm/master.ts';
import { bytesOf, phpSetting } from '../../../src/model/fpm/php-setting.ts';
import type { Pool } from '../../../src/model/fpm/pool.ts';
import { knownValue, spanOf } from '../../../src/model/fpm/setting.ts';
import { readPhpIni } from '../../../src/syntax/php-ini/php-ini.ts';
import { type Files, read, sourceOf, textOf } from '../../syntax/fpm/files.ts';

function master(main: string, options: Partial<MasterOptions> = {}, files: Files = {}) {
  const reading = read(main, files, { isPart: options.isPart ?? false });
  return buildMaster(reading, { phpVersion: '8.2', prefix: '/usr', localstatedir: '/var', ...options });
}

/** The first pool of a configuration. */
function pool(main: string, options: Partial<MasterOptions> = {}): Pool {
  const [first] = master(main, options).pools;
  if (!first) throw new Error('no pool');
  return first;
}

function kinds(main: string, options: Partial<MasterOptions> = {}) {
  return master(main, options).problems.map(({ kind }) => kind);
}

const rest = 'user = www-data\nlisten = /run/x.sock\npm = static\npm.max_children = 5\n';

describe('settings', () => {
  it('knows where a value comes from', () => {
    const { maxChildren, maxRequests } = pool(`[www]\n${rest}[www]\npm.max_children = "7"\n`);
    expect(maxChildren).toMatchObject({ kind: 'given', value: 7, text: '7' });
    const span = spanOf(maxChildren);
    expect(span && textOf(span)).toBe('"7"');
    expect(maxRequests).toEqual({ kind: 'default', value: 0 });
  });

  it('leaves a refused or unknown value unknown', () => {
    const { maxChildren, slowlogTimeout } = pool(
      '[www]\npm.max_children = ${N}\nrequest_slowlog_timeout = 1min\n',
    );
    expect(maxChildren).toMatchObject({ kind: 'unknown', text: '${N}' });
    expect(slowlogTimeout).toMatchObject({ kind: 'unknown', why: 'php-fpm does not take the value' });
  });

  it('reads modes in base 8', () => {
    expect(knownValue(pool(`[www]\n${rest}listen.mode = 0666\n`).listenMode)).toBe(0o666);
    expect(knownValue(pool(`[www]\n${rest}`).listenMode)).toBe(0o660);
    expect(knownValue(pool(`[www]\n${rest}listen.mode = 698\n`).listenMode)).toBe(0o6);
  });

  it('puts relative paths under the prefix of the pool, and that under php-fpm', () => {
    const { listen, slowlog } = pool('[www]\nprefix = sites\nlisten = x.sock\nslowlog = /a.log\n');
    expect(knownValue(listen)).toBe('/usr/sites/x.sock');
    expect(knownValue(slowlog)).toBe('/a.log');
  });

  it('does not guess a prefix', () => {
    const reading = read('[www]\nlisten = x.sock\n');
    const [first] = buildMaster(reading, { phpVersion: '8.2' }).pools;
    expect(first?.listen).toMatchObject({ kind: 'unknown', why: 'the prefix of this php-fpm is not known' });
    expect(first?.listenAddress?.kind).toBe('unknown');
  });
});

describe('listen', () => {
  it.each([
    ['/run/x.sock', { kind: 'unix', path: '/run/x.sock' }],
    ['x.sock', { kind: 'unix', path: '/usr/x.sock' }],
    ['9000', { kind: 'any', port: 9000 }],
    ['127.0.0.1:9000', { kind: 'tcp', host: '127.0.0.1', port: 9000 }],
    ['[::1]:9000', { kind: 'tcp', host: '::1', port: 9000 }],
    ['localhost:9000', { kind: 'tcp', host: 'localhost', port: 9000 }],
    [':9000', { kind: 'invalid', message: 'getaddrinfo: Name or service not known' }],
    ['tcp://127.0.0.1:9000', { kind: 'invalid', message: 'getaddrinfo: Name or service not known' }],
    ['unix:/run/x.sock', { kind: 'invalid', message: "invalid port value '/run/x.sock'" }],
    ['127.0.0.1:70000', { kind: 'invalid', message: "invalid port value '70000'" }],
    ['0', { kind: 'invalid', message: "invalid port value '0'" }],
    ['127.0.0.1:90x', { kind: 'invalid', message: 'getaddrinfo: Servname not supported for ai_socktype' }],
    ['/run/x.sock # main', { kind: 'unix', path: '/run/x.sock # main' }],
    ['${SOCK}', { kind: 'unknown', why: 'the environment variable SOCK of php-fpm is not known' }],
  ])('%s', (listen, address) => {
    expect(pool(`[www]\nlisten = ${listen}\n`).listenAddress).toEqual(address);
  });
});

describe('php settings', () => {
  const phpIni = readPhpIni([sourceOf('memory_limit = 512M\nmax_execution_time = 60\n', '/etc/php.ini')]);

  function limit(lines: string, options: Partial<MasterOptions> = { phpIni }) {
    const whole = master(`[www]\n${rest}${lines}`, options);
    const [first] = whole.pools;
    return first && bytesOf(phpSetting(whole, first, 'memory_limit'));
  }

  it('takes the first line of a pool, an admin value before others', () => {
    const lines =
      'php_value[memory_limit] = 32M\nphp_admin_value[memory_limit] = 64M\nphp_admin_value[memory_limit] = 96M\n';
    expect(limit(lines)).toMatchObject({ kind: 'given', value: 64 * 1024 * 1024, text: '64M' });
  });

  it('falls back to php.ini, then to what PHP has built in', () => {
    expect(limit('')).toMatchObject({ kind: 'given', text: '512M' });
    expect(limit('', { phpIni: readPhpIni([]) })).toEqual({ kind: 'default', value: 128 * 1024 * 1024 });
    expect(limit('', {})).toMatchObject({ kind: 'unknown', why: 'its php.ini was not read' });
  });

  it('knows names as PHP does: in their own case only', () => {
    expect(limit('php_admin_value[Memory_Limit] = 1M\n')).toMatchObject({ text: '512M' });
  });
});

describe('checks', () => {
  it('finds nothing in a healthy pool', () => {
    expect(kinds(`[www]\n${rest}`)).toEqual([]);
  });

  it('says in php-fpm’s order what a pool lacks', () => {
    expect(kinds('[www]\n')).toEqual(['user-missing', 'listen-missing', 'pm-missing', 'max-children']);
    expect(kinds('[www]\n', { isRoot: false })).toEqual(['listen-missing', 'pm-missing', 'max-children']);
    expect(kinds('[www]\n', { allowsRoot: true })).toEqual(['listen-missing', 'pm-missing', 'max-children']);
  });

  it('does not miss anything in part of a master', () => {
    expect(kinds('[www]\nenv[A] = b\n', { isPart: true })).toEqual([]);
    expect(kinds('env[A] = b\n', { isPart: true })).toEqual([]);
    expect(kinds('', { isPart: true })).toEqual([]);
    expect(kinds('pm.max_children = 5x\n', { isPart: true })).toEqual(['value']);
  });

  it('does not call missing what a refused line may have been', () => {
    expect(kinds('[www]\nuser = a\nlisten = 9000\npm = dynamc\npm.max_children = 5\n')).toEqual(['value']);
    expect(kinds('[www]\nuser = a\nlitsen = 9000\npm = static\npm.max_children = 5\n')).toEqual([
      'unknown-entry',
    ]);
  });

  it('knows what php-fpm says first', () => {
    const broken = master(`[www]\n${rest}listen = 0\nslowlog =\nrequest_slowlog_timeout = 1\n`);
    expect(refusalOf(broken)?.kind).toBe('slowlog');
    expect(refusalOf(master(`[www]\n${rest}listen = 0\n`), '-t')).toBeUndefined();
    expect(refusalOf(master(`[www]\n${rest}listen = 0\n`))?.kind).toBe('listen-address');
  });

  it('does not judge numbers it does not know', () => {
    const lines = 'pm = dynamic\npm.min_spare_servers = 1\npm.max_spare_servers = 9\n';
    expect(kinds(`[www]\nuser = a\nlisten = 9000\npm.max_children = \${N}\n${lines}`)).toEqual([]);
    expect(
      kinds(`[www]\nuser = a\nlisten = 9000\npm.max_children = 3\npm.start_servers = 2\n${lines}`),
    ).toEqual(['pm-inconsistent']);
  });

  it('points at the cause and at what it contradicts', () => {
    const lines = 'pm = dynamic\npm.min_spare_servers = 1\npm.max_spare_servers = 9\n';
    const [problem] = master(`[www]\n${rest}${lines}`).problems;
    expect(problem).toMatchObject({
      kind: 'pm-inconsistent',
      message:
        '[pool www] pm.min_spare_servers(1) and pm.max_spare_servers(9) cannot be greater than pm.max_children(5)',
      pool: 'www',
      seenByTest: true,
    });
    expect(problem && textOf(problem.span)).toBe('9');
    expect(problem?.related?.map(textOf)).toEqual(['5']);
  });

  it('finds pools at one address, a status listener among them', () => {
    const { problems, statusPools } = master(
      `[a]\n${rest}pm.status_listen = 9001\n[b]\n${rest}listen = 9001\n`,
    );
    expect(problems).toMatchObject([
      {
        kind: 'listen-conflict',
        message: "[pool a_status] unable to set listen address as it's already used in another pool 'b'",
      },
    ]);
    expect(statusPools).toMatchObject([{ name: 'a_status', isStatusPool: true }]);
  });

  it('tells what only the start would tell', () => {
    const [problem] = master(`[www]\n${rest}listen = unix:/run/x.sock\n`).problems;
    expect(problem).toMatchObject({ kind: 'listen-unix-prefix', seenByTest: false, fatal: true });
    expect(problem?.help).toBe("unix: is nginx's way to write it; php-fpm takes the path alone: /run/x.sock");
  });

  it('has no pool to start where none is defined', () => {
    const { problems } = master('include = /etc/pool.d/*.conf\n');
    expect(problems.map(({ kind, fatal }) => [kind, fatal])).toEqual([
      ['include-unmatched', false],
      ['no-pool', true],
    ]);
  });
});
