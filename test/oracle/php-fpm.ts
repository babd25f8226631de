import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disk } from '../../src/load/disk.ts';
import { fpmIncluder } from '../../src/load/fpm-include.ts';
import { openRoot } from '../../src/load/root.ts';
import { buildMaster, type Master, refusalOf } from '../../src/model/fpm/master.ts';
import { readFpm } from '../../src/syntax/fpm/reader.ts';
import { decode, type Source } from '../../src/syntax/source.ts';

const binary = 'php-fpm8.2';

/** All of the environment that php-fpm gets, and that the reader is told. */
const environment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
};

/** The full version of the installed php-fpm 8.2; absent where there is none. */
export const installedPhpFpm: string | undefined = /PHP (8\.2\.\d+)/.exec(
  spawnSync(binary, ['-n', '-v'], { encoding: 'utf8', env: environment }).stdout ?? '',
)?.[1];

/** Why a suite is left out, for its title. */
export const withoutPhpFpm = `${binary} is not installed`;

/** What the real php-fpm says of a configuration. */
export interface Verdict {
  /** The first line that is an error, without its time and level; `PHP:  syntax error` lines count. */
  readonly error?: string;
  /** Warnings and notices before the dump. */
  readonly remarks: readonly string[];
  /** What `-tt` prints, when it takes the configuration. */
  readonly dump: readonly string[];
}

/** Runs `php-fpm -tt` on files, with no php.ini and an environment of its own. */
export function askPhpFpm(main: string, env: Readonly<Record<string, string>> = {}): Verdict {
  const { stderr } = spawnSync(binary, ['-n', '-tt', '-y', main], {
    env: { ...environment, ...env },
    timeout: 20_000,
  });
  const remarks: string[] = [];
  const dump: string[] = [];
  let error: string | undefined;
  const text = decode(stderr).text;
  for (const line of text.split('\n')) {
    const [, level = '', message = ''] = /^\[[^\]]+\] (\w+): (.*)$/s.exec(line) ?? [];
    if (line.startsWith('PHP:  ')) error ??= line;
    else if (level === 'ERROR' || level === 'ALERT') error ??= message;
    else if (message === '[global]' || dump.length > 0) dump.push(message.trimStart());
    else if (message !== '') remarks.push(message);
  }
  return { ...(error === undefined ? {} : { error }), remarks, dump: dump.filter((line) => line !== '') };
}

/** Reads the same files as no502 does. */
export function readMaster(main: string, env: Readonly<Record<string, string>> = {}): Master {
  const bytes = disk.readFile(main);
  const source: Source = { path: main, file: main, ...decode(bytes) };
  const { include } = fpmIncluder(openRoot(disk, '/', '/'));
  const options = { phpVersion: installedPhpFpm ?? '8.2', prefix: '/usr', localstatedir: '/var' };
  const reading = readFpm(source, include, {
    ...options,
    env: new Map(Object.entries({ ...environment, ...env })),
  });
  return buildMaster(reading, { ...options, isRoot: process.getuid?.() === 0 });
}

/** The first thing that php-fpm's test would say of a master. */
export function firstError(master: Master): string | undefined {
  return refusalOf(master, '-t')?.message;
}

/** What php-fpm's test would remark on without refusing it. */
export function remarksOn(master: Master): readonly string[] {
  return master.problems.filter((problem) => !problem.fatal).map((problem) => problem.message);
}

/** A directory of its own for one suite, under its real path. */
export function makeDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'no502-fpm-')));
}

/**
 * Writes a main file that includes another one and then gives each of its pools what the machine under it may lack:
 * users, directories and logs that exist. What a pool does not set stays unset.
 */
export function wrap(directory: string, included: string, read: Master, extra = ''): string {
  const lines = [`include=${included}`, '[global]', `error_log=${directory}/error.log`];
  // The dump itself is a log, and must be neither cut nor left out.
  lines.push('log_limit=8192', 'log_level=notice');
  for (const pool of read.pools) {
    lines.push(`[${quoted(pool.name)}]`);
    const replace = (key: string, setting: { readonly kind: string }, value: string) => {
      if (setting.kind !== 'default') lines.push(`${key} = ${value}`);
    };
    replace('user', pool.user, 'root');
    replace('group', pool.group, 'root');
    replace('listen.owner', pool.listenOwner, 'root');
    replace('listen.group', pool.listenGroup, 'root');
    replace('prefix', pool.prefix, directory);
    replace('chroot', pool.chroot, '/');
    replace('chdir', pool.chdir, '/');
    replace('access.log', pool.accessLog, `${directory}/access.log`);
    replace('slowlog', pool.slowlog, `${directory}/slow.log`);
    lines.push(extra);
  }
  const main = join(directory, 'php-fpm.conf');
  writeFileSync(main, `${lines.join('\n')}\n`, 'latin1');
  return main;
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name.replace(/["\\$]/g, '\\$&')}"`;
}
