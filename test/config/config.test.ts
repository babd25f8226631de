import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';

const ruleIds = ['read-timeout-missing', 'stale-php-version-socket'];

async function read(text: string | Uint8Array): ReturnType<typeof readConfig> {
  return readConfig({ fs: memoryFileSystem({ '/srv/no502.yaml': text }), cwd: '/srv' }, ruleIds);
}

describe('no502.yaml', () => {
  test('says what its keys say', async () => {
    const config = await read(`
root: deploy/root
exclude: ['**/*.example']
rules:
  read-timeout-missing: off
failOn: warning
memory: 4G
workerMemory: 67108864
nginxUser: www-data
php: 8.10
nginxVersion: 1.26.2
apps:
  api: 3001
  chat: { port: 3002, host: 127.0.0.1, protocol: grpc }
  blog: { socket: /var/run/blog.sock }
`);
    expect(config).toMatchObject({
      root: 'deploy/root',
      exclude: ['**/*.example'],
      failOn: 'warning',
      rules: [{ rule: 'read-timeout-missing', level: 'off' }],
      facts: {
        memoryBytes: 4 * 2 ** 30,
        workerMemoryBytes: 2 ** 26,
        nginxUser: 'www-data',
        // As it is written: as a number it would be 8.1.
        php: '8.10',
        nginxVersion: '1.26.2',
        apps: [
          { name: 'api', protocol: 'http', address: { kind: 'tcp', host: '*', port: 3001 } },
          { name: 'chat', protocol: 'grpc', address: { kind: 'tcp', host: '127.0.0.1', port: 3002 } },
          { name: 'blog', protocol: 'http', address: { kind: 'unix', path: '/run/blog.sock' } },
        ],
      },
    });
    const span = config?.facts.apps?.[0]?.span;
    expect(span?.source.text.slice(span.start, span.end)).toBe('api');
  });

  test.each(['', '# nothing yet\n', '{}\n', '---\n'])('that says nothing is right: %j', async (text) => {
    expect(await read(text)).toMatchObject({ facts: { apps: [] }, rules: [], exclude: [] });
  });

  test('that is not there is none', async () => {
    expect(await readConfig({ fs: memoryFileSystem({}), cwd: '/srv' }, ruleIds)).toBeUndefined();
  });

  test('values may be shared by aliases', async () => {
    const config = await read('memory: &size 4G\nworkerMemory: *size\n');
    expect(config?.facts).toMatchObject({ memoryBytes: 2 ** 32, workerMemoryBytes: 2 ** 32 });
  });
});

describe('what is wrong in it is told with its place', () => {
  test.each([
    ['memmory: 4G', '1:1: unknown key "memmory"; did you mean "memory"?'],
    [
      'rules:\n  read-timeout-mising: off',
      '2:3: unknown rule "read-timeout-mising"; did you mean "read-timeout-missing"?',
    ],
    [
      'rules:\n  read-timeout-missing: of',
      '2:25: rules.read-timeout-missing must be off, info, warning or error, not "of"; did you mean "off"?',
    ],
    ['rules: [a]', '1:8: rules must be a mapping'],
    [
      'failOn: warn',
      '1:9: failOn must be error, warning, info or never, not "warn"; did you mean "warning"?',
    ],
    ['memory: lots', '1:9: memory cannot be "lots"; write it like 4G'],
    ['memory: 0', '1:9: memory must be at least 1'],
    ['memory: 1.5', '1:9: memory must be a whole number or a text'],
    ['php: 8', '1:6: php cannot be "8"; write it like 8.3'],
    ['apps: {api: 70000}', '1:13: apps.api must be at most 65535'],
    ['apps: {api: {prot: 1, port: 2}}', '1:14: unknown key "prot" in apps.api; did you mean "port"?'],
    ['apps: {api: {host: a}}', '1:13: apps.api needs port or socket'],
    ['apps: {api: {port: 1, socket: /s}}', '1:23: apps.api takes only one of port and socket'],
    [
      'apps: {api: {socket: s.sock}}',
      '1:22: apps.api.socket cannot be "s.sock"; write it like /run/api.sock',
    ],
    ['exclude: [1]', '1:11: exclude[0] must be a text'],
    ["root: ''", '1:7: root must not be empty'],
    ['- a', '1:1: the file must be a mapping'],
    ['memory: 4G\nmemory: 8G', '2:1: Map keys must be unique'],
    ['memory: 4G\n---\nmemory: 8G', '2:1: A second document starts here, and only one is read'],
    ['<<: {memory: 4G}', '1:1: unknown key "<<"'],
    ['constructor: 1', '1:1: unknown key "constructor"'],
    ['memory: *nobody', '1:9: No anchor &nobody stands before this'],
  ])('%j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(/^no502\.yaml:\d+:\d+: /);
  });

  test('all at once, so that one run is enough', async () => {
    await expect(read('memmory: 4G\nrot: x\n')).rejects.toThrow(
      'no502.yaml:1:1: unknown key "memmory"; did you mean "memory"?\nno502.yaml:2:1: unknown key "rot"; did you mean "root"?',
    );
  });

  test('a broken syntax once, whatever follows from it', async () => {
    await expect(read('a: [\nb: }\nc: "\n')).rejects.toThrow(/^no502\.yaml:\d+:\d+: [^\n]*$/);
  });

  test('an alias of itself, a bomb of aliases and bytes that are no text end, too', async () => {
    await expect(read('apps: &a [*a]')).rejects.toThrow(/apps must be a mapping/);
    const bomb = ['a0: &a0 [x]'];
    for (let index = 1; index < 40; index++)
      bomb.push(`a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`);
    await expect(read(bomb.join('\n'))).rejects.toThrow(/unknown key "a0"/);
    await expect(read('['.repeat(100_000))).rejects.toThrow('Nested too deeply');
    await expect(read(new Uint8Array([0xff, 0x00, 0x80, 0x3a]))).rejects.toThrow(/^no502\.yaml/);
  });
});

describe('a file that the call names', () => {
  const fs = memoryFileSystem({ '/srv/ci/host.yaml': 'php: x', '/srv/secret.yaml': { denied: true } });

  test.each([
    ['nowhere.yaml', 'nowhere.yaml: no such file'],
    ['ci', 'ci: is a directory'],
    ['secret.yaml', 'secret.yaml: permission denied'],
    ['ci/host.yaml', 'ci/host.yaml:1:6: php cannot be "x"; write it like 8.3'],
  ])('%s', async (path, message) => {
    await expect(readConfig({ fs, cwd: '/srv', path }, ruleIds)).rejects.toThrow(message);
  });
});
