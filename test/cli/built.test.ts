import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/about.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'no502-built-'));
const dist = join(scratch, 'dist');

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function no502(...parameters: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...parameters], {
    cwd: scratch,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

describe('the built command', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), dist]);
    mkdirSync(join(scratch, 'host/etc/nginx'), { recursive: true });
    writeFileSync(
      join(scratch, 'host/etc/nginx/nginx.conf'),
      'events {}\nhttp {\n    include missing.conf;\n}\n',
    );
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  test('starts, and needs nothing beside it', () => {
    expect(no502('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(readFileSync(join(dist, 'cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(join(dist, 'cli.js')).mode & 0o111).toBe(0o111);
  });

  const caches = () => readdirSync(dist).filter((name) => name.endsWith('.cache'));
  const inode = () => statSync(join(dist, caches()[0] ?? '')).ino;

  test('keeps itself compiled beside its code, whatever it says stays the same', () => {
    writeFileSync(join(dist, 'of-an-older-build.cache'), 'old');
    const first = no502('--root', 'host', '-f', 'compact');
    expect(caches()).toHaveLength(1);
    expect(caches()).not.toContain('of-an-older-build.cache');
    const kept = inode();
    expect(no502('--root', 'host', '-f', 'compact')).toEqual(first);
    expect(inode(), 'V8 took what was kept, and nothing had to be kept anew').toBe(kept);
    for (const name of caches()) writeFileSync(join(dist, name), 'broken');
    expect(no502('--root', 'host', '-f', 'compact')).toEqual(first);
  });

  test('keeps of a run on a large host what the next run takes, large or small', () => {
    const large = join(scratch, 'large/etc/nginx');
    mkdirSync(join(large, 'conf.d'), { recursive: true });
    writeFileSync(join(large, 'nginx.conf'), 'events {}\nhttp {\n    include conf.d/*.conf;\n}\n');
    for (let site = 0; site < 1000; site++) writeFileSync(join(large, `conf.d/${site}.conf`), '# A site.\n');
    for (const name of caches()) rmSync(join(dist, name));
    no502('--root', 'large');
    const kept = inode();
    no502('--root', 'large');
    expect(inode()).toBe(kept);
    no502('--root', 'host');
    expect(inode()).toBe(kept);
  });

  test('lints', () => {
    const { status, stdout, stderr } = no502('--root', 'host', '-f', 'compact');
    expect(stdout).toMatch(/^host\/etc\/nginx\/nginx\.conf:3:\d+: error: .* \[nginx-include-missing\]\n/);
    expect([status, stderr]).toEqual([1, '']);
  });

  test('loads what only few runs need: no502.yaml, patterns', () => {
    const config = join(scratch, 'no502.yaml');
    writeFileSync(config, 'root: host\nrules: { nginx-include-missing: off }\n');
    expect(no502('-f', 'compact')).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(config, 'root: [\n');
    expect(no502()).toMatchObject({ status: 2, stderr: expect.stringMatching(/^no502: no502\.yaml:2:1: /) });
    rmSync(config);
    expect(no502('ho*/etc/nginx/*.conf', '--verbose')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('host/etc/nginx/nginx.conf\n'),
    });
    expect(no502('ho*/*.conf')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nothing matches'),
    });
  });

  test('writes a report over an old one, and nothing else', () => {
    const report = join(scratch, 'report.json');
    writeFileSync(report, 'old', { mode: 0o640 });
    expect(no502('--root', 'host', '-f', 'json', '--output', 'report.json')).toMatchObject({
      status: 1,
      stdout: '',
    });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ version: 1 });
    expect(statSync(report).mode & 0o777).toBe(0o640);
    expect(no502('--root', 'host', '--output', '/dev/null')).toMatchObject({ status: 1, stderr: '' });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(no502('--root', 'host', '--output', 'nowhere/report')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^no502: cannot write nowhere\/report: ENOENT/),
    });
  });

  test('ends quietly where its reader stops early', () => {
    const command = `"${process.execPath}" "${join(dist, 'cli.js')}" --help | head -1; exec "${process.execPath}" "${join(dist, 'cli.js')}" --version >&-`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([
      0,
      'Predict 502, 503 and 504 from the nginx and PHP-FPM configuration.\n',
      '',
    ]);
  });

  test('carries the schemas that the package offers, and the licences of what is bundled', () => {
    const { exports: offered } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const [name, property] of [
      ['no502.schema.json', 'properties.rules'],
      ['report.schema.json', 'properties.findings'],
    ] as const) {
      expect(offered).toHaveProperty([`./${name}`], `./dist/${name}`);
      expect(JSON.parse(readFileSync(join(dist, name), 'utf8'))).toHaveProperty(property);
    }
    expect(readFileSync(join(dist, 'THIRD-PARTY-LICENSES'), 'utf8')).toMatch(/^yaml .* \(ISC\)$/m);
  });
});
