import { describe, expect, test } from 'vitest';
import { parseApp } from '../../src/commands/app-option.ts';
import { parseCall } from '../../src/commands/call.ts';
import { commandDescriptions } from '../../src/commands/descriptions.ts';
import { helpOf } from '../../src/commands/help.ts';
import { columnsOf, wantsColors } from '../../src/commands/terminal.ts';

describe('a command line', () => {
  test.each([
    ['', 'check', []],
    ['etc sites/*', 'check', ['etc', 'sites/*']],
    ['check etc', 'check', ['etc']],
    ['rules', 'rules', []],
    ['-f json rules', 'rules', []],
    ['explain a b', 'explain', ['a', 'b']],
    ['etc rules', 'check', ['etc', 'rules']],
    ['./rules', 'check', ['./rules']],
    ['etc -- --root -b', 'check', ['etc', '--root', '-b']],
    ['--quiet etc', 'check', ['etc']],
    ['8.10 007', 'check', ['8.10', '007']],
    ['- etc', 'check', ['-', 'etc']],
  ])('no502 %s', (line, command, words) => {
    const call = parseCall(line === '' ? [] : line.split(' '));
    expect([call.command.name, call.words]).toEqual([command, words]);
  });

  test('has the values of its options as they were written', () => {
    const call = parseCall([
      '--root=7',
      '--app',
      'a=1',
      '--app=b=2',
      '-f',
      'json',
      '-qv',
      '--nginx-version',
      '1.10',
    ]);
    expect(call.value('root')).toBe('7');
    expect(call.values('app')).toEqual(['a=1', 'b=2']);
    expect(call.value('format')).toBe('json');
    expect(call.value('nginx-version')).toBe('1.10');
    expect([call.has('quiet'), call.has('verbose'), call.has('help')]).toEqual([true, true, false]);
    expect(call.value('output')).toBeUndefined();
  });

  test.each([
    ['--rot x', 'unknown option --rot; did you mean "--root"?'],
    ['--root.x y', 'unknown option --root.x; did you mean "--root"?'],
    ['-x', 'unknown option -x'],
    ['rules --memory 4G', 'unknown option --memory'],
    ['explain --constructor', 'unknown option --constructor'],
    ['--__proto__ x', 'unknown option --__proto__'],
    ['--root', '--root needs a value: --root DIR'],
    ['--root --quiet', '--root needs a value: --root DIR'],
    ['-f', '-f needs a value: -f FORMAT'],
    ['--quiet=false', '--quiet takes no value'],
  ])('no502 %s is refused', (line, message) => {
    expect(() => parseCall(line.split(' '))).toThrow(message);
  });

  test('refuses an option without a value, or with two, when it is asked for', () => {
    expect(() => parseCall(['--root=']).value('root')).toThrow('--root needs a value');
    expect(() => parseCall(['--root', 'a', '--root', 'b']).value('root')).toThrow(
      '--root is given more than once',
    );
  });
});

describe('--app', () => {
  test.each([
    ['api=3001', { address: { kind: 'tcp', host: '*', port: 3001 }, protocol: 'http' }],
    ['api=127.0.0.1:3001', { address: { kind: 'tcp', host: '127.0.0.1', port: 3001 }, protocol: 'http' }],
    ['api=[::1]:3001', { address: { kind: 'tcp', host: '::1', port: 3001 }, protocol: 'http' }],
    ['api=unix:/run/api.sock', { address: { kind: 'unix', path: '/run/api.sock' }, protocol: 'http' }],
    ['api=/run/api.sock', { address: { kind: 'unix', path: '/run/api.sock' }, protocol: 'http' }],
    ['api=grpc://3001', { address: { kind: 'tcp', host: '*', port: 3001 }, protocol: 'grpc' }],
  ])('%s', (given, app) => {
    expect(parseApp(given)).toEqual({ name: 'api', ...app });
  });

  test.each([
    'api',
    '=3001',
    'api=',
    'api=0',
    'api=65536',
    'api=3001x',
    'api=::1:3001',
    'api=[host]:1',
    'api=ftp://21',
  ])('%s is refused', (given) => {
    expect(() => parseApp(given)).toThrow('--app');
  });
});

describe('help', () => {
  test.each(commandDescriptions.map((command) => [command.name, command] as const))(
    'of %s',
    (_name, command) => {
      const help = helpOf(command);
      for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      for (const { name } of command.groups.flatMap((group) => group.options))
        expect(help).toContain(`--${name}`);
    },
  );

  test('of the command itself names the other commands, the exit codes and an example', () => {
    const help = helpOf(commandDescriptions[0]);
    expect(help).toContain(
      'Usage: no502 [paths..] [options]\n       no502 rules\n       no502 explain ID..\n',
    );
    expect(help).toContain('  2  the call, a named file or the configuration file is wrong\n');
    expect(help).toContain('  no502 --root deploy/root --memory 4G\n');
  });
});

describe('the terminal', () => {
  const terminal = { isTerminal: true, write: () => {} };
  const file = { isTerminal: false, write: () => {} };

  test.each([
    [terminal, {}, true],
    [file, {}, false],
    [terminal, { TERM: 'dumb' }, false],
    [terminal, { NO_COLOR: '1' }, false],
    [terminal, { NO_COLOR: '' }, true],
    [file, { FORCE_COLOR: '1' }, true],
    [terminal, { FORCE_COLOR: '0' }, false],
    [file, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%j %j: colours %s', (output, env, colors) => {
    expect(wantsColors(output, env)).toBe(colors);
  });

  test.each([
    [{ ...terminal, columns: 132 }, {}, 132],
    [{ ...terminal, columns: 3 }, {}, 40],
    [{ ...terminal, columns: 0 }, {}, 100],
    [file, {}, 100],
    [file, { COLUMNS: '72' }, 72],
    [file, { COLUMNS: 'wide' }, 100],
  ])('%j %j: %i columns', (output, env, columns) => {
    expect(columnsOf(output, env)).toBe(columns);
  });
});
