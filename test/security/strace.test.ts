import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileTree, hostileTree, secret } from './hostile-tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const canTrace = spawnSync('strace', ['-f', '-e', 'trace=none', 'true'], { stdio: 'ignore' }).status === 0;
const title = 'the built command, as the kernel sees it';

/** What a run is watched for. */
const calls =
  'execve,execveat,fork,vfork,connect,bind,listen,sendto,open,openat,openat2,creat,readlink,readlinkat';
const writing =
  'rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,symlink,symlinkat,link,linkat,chmod,fchmodat,chown,truncate';

let scratch: string;
let tree: HostileTree;

beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'no502-traced-')));
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), join(scratch, 'dist')]);
  tree = hostileTree();
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
  tree.remove();
});

interface Traced {
  readonly status: number | null;
  readonly output: string;
  /** One line a call that the kernel was asked for, those of Node's own start left out. */
  readonly calls: readonly string[];
}

/** The first file of the command that Node opens. */
const begins = /openat\([^"]*"[^"]*dist\/cli\.js"/;

function traced(...argv: readonly string[]): Traced {
  const log = join(scratch, 'log');
  const { status, stdout, stderr } = spawnSync(
    'strace',
    [
      '-f',
      '-qq',
      '-s',
      '4096',
      '-e',
      `trace=${calls},${writing}`,
      '-o',
      log,
      process.execPath,
      join(scratch, 'dist/cli.js'),
      ...argv,
    ],
    {
      cwd: tree.host,
      encoding: 'utf8',
      // Its compile cache is the only file that a run writes: see compile-cache.ts.
      env: { PATH: process.env['PATH'], NODE_DISABLE_COMPILE_CACHE: '1' },
      timeout: 60_000,
    },
  );
  const lines = readFileSync(log, 'utf8').split('\n');
  const start = lines.findIndex((line) => begins.test(line));
  return { status, output: stdout + stderr, calls: start === -1 ? [] : lines.slice(start) };
}

const call = (names: string): RegExp => new RegExp(`^\\d+ +(?:${names.replaceAll(',', '|')})\\(`);

/** Paths that Node itself or the libc opens while a run lasts. */
const ofNode =
  /"(?:\/proc\/(?:self|\d+|meminfo|stat|cpuinfo|sys)\b|\/sys\/|\/dev\/(?:null|urandom)|\/etc\/(?:ssl|localtime|ld\.so)|\/usr\/(?:lib|share)|\/lib)/;

describe.skipIf(!canTrace)(canTrace ? title : `${title} (left out: strace cannot be used here)`, () => {
  it.each([
    [['--root', '.', '--verbose']],
    [['--root', '.', '--format', 'sarif']],
    [['.']],
    [['**/*.conf']],
    [['upgrade', '--root', '.', '--from', '8.2', '--to', '8.3']],
    [['--root', '.', '--fix-dry-run']],
  ])('no502 %s starts nothing, connects nowhere, writes nothing and opens nothing outside', (argv) => {
    const { status, output, calls: made } = traced(...argv);
    expect([0, 1, 2]).toContain(status);
    expect(made.length).toBeGreaterThan(5);
    expect(output).not.toContain(secret);
    expect(
      made.filter((line) => call('execve,execveat,fork,vfork,connect,bind,listen,sendto').test(line)),
    ).toEqual([]);
    expect(made.filter((line) => call(writing).test(line) || /O_(?:WRONLY|RDWR|CREAT)/.test(line))).toEqual(
      [],
    );
    const opened = made.filter((line) => call('open,openat,openat2,readlink,readlinkat').test(line));
    const outside = opened.filter((line) => !isInside(line) && !ofNode.test(line));
    expect(outside).toEqual([]);
  });

  it('is watched closely enough: git is seen where it is asked for', () => {
    expect(traced('--staged').calls.filter((line) => call('execve').test(line))).not.toEqual([]);
  });
});

function isInside(line: string): boolean {
  const path = /"([^"]*)"/.exec(line)?.[1] ?? '';
  return [tree.host, join(scratch, 'dist')].some(
    (directory) => path === directory || path.startsWith(`${directory}/`),
  );
}

/** Node 20 has it on trial, Node 24 for good. https://nodejs.org/api/permissions.html */
const permission = ['--permission', '--experimental-permission'].find(
  (flag) =>
    spawnSync(process.execPath, [flag, '--allow-fs-read=*', '-e', '0'], { stdio: 'ignore' }).status === 0,
);
const permissionTitle = 'under the permission model of Node';

describe.skipIf(permission === undefined)(
  permission === undefined ? `${permissionTitle} (left out: this Node has none)` : permissionTitle,
  () => {
    it('a run that may write nothing and start nothing says the same', () => {
      const call = [join(scratch, 'dist/cli.js'), '--root', '.', '--format', 'json', '--verbose'];
      const run = (...flags: readonly string[]) => {
        const env = { NODE_NO_WARNINGS: '1', NODE_DISABLE_COMPILE_CACHE: '1' };
        const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...call], {
          cwd: tree.host,
          encoding: 'utf8',
          env,
        });
        return { status, stdout, stderr };
      };
      const free = run();
      expect(run(String(permission), '--allow-fs-read=*')).toEqual(free);
      expect(free.status).toBe(1);
    });
  },
);
