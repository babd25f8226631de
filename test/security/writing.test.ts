import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { processIo } from '../../src/process-io.ts';
import { fakeIo } from '../cli/fake-io.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

let directory: string;
let work: string;

/** `work` is a checkout with a host whose socket is wrong, `precious` a file of the user beside it. */
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-writing-')));
  work = join(directory, 'work');
  cpSync(join(examples, 'php-upgrade'), join(work, 'host'), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(directory, 'precious'), 'mine\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function no502(argv: readonly string[], cwd = work): Promise<{ code: number; error: string }> {
  const fake = fakeIo();
  const { writeFile, replaceFile } = processIo();
  const code = await main(argv, { ...fake.io, fs: disk, cwd, writeFile, replaceFile });
  return { code, error: fake.stderr() };
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  symlinkSync(target, join(work, path));
}

const precious = (): string => readFileSync(join(directory, 'precious'), 'utf8');

describe('a planted link', () => {
  it.each([
    ['report', '../precious'],
    ['report', '../new'],
    ['out/report', '../../precious'],
    ['host/report', '../../precious'],
  ])('%s -> %s is not written through by --output', async (path, target) => {
    link(path, target);
    const { code, error } = await no502(['--root', 'host', '--output', path]);
    expect([code, error]).toEqual([2, expect.stringMatching(`^no502: ${path}: it leads out of `)]);
    expect(precious()).toBe('mine\n');
    expect(existsSync(join(directory, 'new'))).toBe(false);
  });

  it('of a directory is not written into', async () => {
    link('reports', '..');
    const { code } = await no502(['--root', 'host', '--output', 'reports/precious']);
    expect([code, precious()]).toEqual([2, 'mine\n']);
  });

  it('in the root is not written through, wherever the call is made', async () => {
    link('host/base.json', '../../precious');
    const options = [
      ['--output'],
      ['--update-baseline', '--baseline'],
      ['map', '--output'],
      ['upgrade', '--output'],
    ];
    for (const option of options) {
      const { code } = await no502([...option, 'work/host/base.json', '--root', 'work/host'], directory);
      expect([option, code, precious()]).toEqual([option, 2, 'mine\n']);
    }
  });

  it.each(['../precious', '../new'])('to %s is not written through by --update-baseline', async (target) => {
    link('base.json', target);
    const { code } = await no502(['--root', 'host', '--baseline', 'base.json', '--update-baseline']);
    expect([code, precious()]).toEqual([2, 'mine\n']);
    expect(existsSync(join(directory, 'new'))).toBe(false);
  });

  it('is not written through by init', async () => {
    link('no502.yaml', '../new');
    expect((await no502(['init'])).code).toBe(2);
    expect(existsSync(join(directory, 'new'))).toBe(false);
  });

  it.each([[['--root', 'host']], [['host']], [['.']]])(
    'is not written through by --fix %s',
    async (where) => {
      const site = join(work, 'host/etc/nginx/sites-available/shop');
      const text = readFileSync(site, 'utf8');
      writeFileSync(join(directory, 'precious'), text);
      rmSync(site);
      symlinkSync('../../../../../precious', site);
      await no502(['--fix', '--fix-unsafe', ...where]);
      expect(precious()).toBe(text);
    },
  );
});

describe('written is', () => {
  it('what is named outside of the current directory, and through a link that stays in it', async () => {
    expect((await no502(['--root', 'host', '--output', '../report'])).code).toBe(1);
    expect(existsSync(join(directory, 'report'))).toBe(true);
    writeFileSync(join(work, 'real'), '');
    link('report', 'real');
    expect((await no502(['--root', 'host', '-f', 'json', '--output', 'report'])).code).toBe(1);
    expect(JSON.parse(readFileSync(join(work, 'real'), 'utf8'))).toHaveProperty('version', 1);
  });

  it('nothing at all without an option that says so', async () => {
    const before = listing();
    await no502(['--root', 'host', '--verbose']);
    await no502(['--root', 'host', '--fix-dry-run']);
    await no502(['upgrade', '--root', 'host']);
    expect(listing()).toEqual(before);
  });
});

function listing(): readonly string[] {
  const all: string[] = [];
  const visit = (path: string): void => {
    for (const name of disk.readDirectory(path)) {
      const below = join(path, name);
      const { kind, mode, size } = disk.status(below);
      all.push(`${below} ${kind} ${mode} ${size}`);
      if (kind === 'directory') visit(below);
    }
  };
  visit(directory);
  return all.sort();
}
