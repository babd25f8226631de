import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/about.ts';
import {
  build,
  digestOf,
  digestsOf,
  exampleHost,
  npm,
  otherNodes,
  type Packed,
  pack,
  stage,
} from './scratch-package.ts';

const scratch = mkdtempSync(join(tmpdir(), 'no502-package-'));
const staged = join(scratch, 'staged');
const project = join(scratch, 'project');
const installed = join(project, 'node_modules/no502');
let packed: Packed;

beforeAll(() => {
  mkdirSync(staged);
  stage(staged);
  packed = pack(staged, scratch);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "a-project", "private": true }\n');
  npm(project, 'install', '--no-audit', '--no-fund', join(scratch, packed.filename));
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the package', () => {
  test('holds what is needed, and nothing else', () => {
    expect(packed.files.map(({ path, mode }) => `${mode.toString(8)} ${path}`).sort()).toEqual([
      '644 CHANGELOG.md',
      '644 LICENSE',
      '644 README.md',
      '644 dist/THIRD-PARTY-LICENSES',
      '644 dist/acorn.js',
      '644 dist/diff.js',
      '644 dist/globby.js',
      '644 dist/map.schema.json',
      '644 dist/no502.js',
      '644 dist/no502.schema.json',
      '644 dist/package.json',
      '644 dist/report.schema.json',
      '644 dist/yaml.js',
      '644 package.json',
      '755 dist/cli.js',
    ]);
  });

  test('installs into an empty project without a network, and brings nothing along', () => {
    const { dependencies } = JSON.parse(npm(project, 'ls', '--all', '--json'));
    expect(Object.keys(dependencies)).toEqual(['no502']);
    expect(dependencies.no502).not.toHaveProperty('dependencies');
  });

  test('runs nothing where it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    // npm runs `prepare` where a package is made of a clone, and never for one of the registry.
    const whenInstalled = ['preinstall', 'install', 'postinstall'];
    expect(Object.keys(scripts).filter((name) => whenInstalled.includes(name))).toEqual([]);
  });

  test('lints under the name of its command', () => {
    const command = join(project, 'node_modules/.bin/no502');
    expect(execFileSync(command, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
    const { status, stdout } = spawnSync(command, ['--root', exampleHost, '-f', 'compact'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toContain('[stale-php-version-socket]');
  });

  test('is well made in the eyes of publint', async () => {
    const pkg = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});

describe('the build', () => {
  test('makes the same bytes in another directory, and so does npm', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    build(root, join(scratch, 'dist'));
    expect(digestsOf(join(scratch, 'dist'))).toEqual(digestsOf(join(staged, 'dist')));
    mkdirSync(join(scratch, 'again'));
    const again = pack(staged, join(scratch, 'again'));
    expect(digestOf(join(scratch, 'again', again.filename))).toBe(digestOf(join(scratch, packed.filename)));
  });
});

const nodes = [...otherNodes()];

describe.skipIf(nodes.length === 0)('other versions of Node (left out: `npm run nodes` brings them)', () => {
  test.each(nodes)('%s says what this one says', (_, node) => {
    const run = (program: string): unknown => {
      const parameters = [join(installed, 'dist/cli.js'), '--root', exampleHost];
      const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    const here = run(process.execPath);
    expect(here).toMatchObject({ status: 1, stderr: '' });
    // The second run starts through what the first one kept compiled.
    expect([run(node), run(node)]).toEqual([here, here]);
  });
});
