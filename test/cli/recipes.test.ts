import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/about.ts';
import { parseCall } from '../../src/commands/call.ts';
import { formatNames } from '../../src/report/formats.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const recipes = readdirSync(join(root, 'examples/ci')).sort();
const scratch = mkdtempSync(join(tmpdir(), 'no502-recipes-'));

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The words of every call of no502 in a recipe, those in its comments included. */
function callsIn(recipe: string): readonly (readonly string[])[] {
  const calls = textOf(`examples/ci/${recipe}`).matchAll(/npx --yes no502@(\S+) ?(.*)/g);
  return [...calls].map(([, named = '', options = '']) => {
    expect(named).toBe(version);
    return options.replace(' || true', '').split(' ');
  });
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository whose deploy/root is one of the examples. */
function repository(example: string): string {
  const directory = mkdtempSync(join(scratch, 'repository-'));
  cpSync(join(root, 'examples', example), join(directory, 'deploy/root'), { recursive: true });
  return directory;
}

/** Runs a script there, as a CI system does: `npx` finds the package as it was built, at its version only. */
function runIn(directory: string, script: string, env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
    {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: `${join(scratch, 'bin')}:${process.env['PATH']}`, HOME: scratch, ...env },
      timeout: 60_000,
    },
  );
  return { status, stdout, stderr };
}

beforeAll(() => {
  const dist = join(scratch, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), dist]);
  mkdirSync(join(scratch, 'bin'));
  writeFileSync(
    join(scratch, 'bin/npx'),
    `#!/bin/sh\n[ "$1 $2" = "--yes no502@${version}" ] || { echo "npx $*: no such version" >&2; exit 64; }\nshift 2\nexec "${process.execPath}" "${dist}/cli.js" "$@"\n`,
    { mode: 0o755 },
  );
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe.each(recipes)('the recipe %s', (recipe) => {
  test('calls no502 at its version, with options that there are', () => {
    const calls = callsIn(recipe);
    expect(calls.length).toBeGreaterThan(0);
    for (const words of calls) {
      const call = parseCall(words);
      expect([...formatNames, undefined]).toContain(call.value('format'));
      expect(call.words).toEqual([]);
    }
  });

  test('says how to make a baseline that then suppresses everything', () => {
    const [make = []] = callsIn(recipe);
    const directory = repository('php-upgrade');
    const npx = `npx --yes no502@${version}`;
    expect(runIn(directory, `${npx} ${make.join(' ')}`)).toMatchObject({ status: 0, stderr: '' });
    const use = `${npx} --root deploy/root --baseline no502-baseline.json`;
    expect(runIn(directory, use)).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(directory, 'no502-baseline.json'), 'utf8')).toContain(
      '{"file":"deploy/root/etc/nginx/sites-available/shop","rule":"stale-php-version-socket",',
    );
  });
});

describe('plain.sh', () => {
  const script = textOf('examples/ci/plain.sh');

  test('lets a healthy host be deployed, and no other', () => {
    expect(runIn(repository('healthy'), script)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\ndeploy\/root may be deployed\n$/),
    });
    const broken = runIn(repository('php-upgrade'), script);
    expect(broken.stdout).not.toContain('may be deployed');
    expect(broken.status).toBe(1);
  });
});

describe('gitlab.yml', () => {
  const { no502: job } = parse(textOf('examples/ci/gitlab.yml'));

  test.each([
    ['healthy', 0],
    ['php-upgrade', 1],
  ])('%s: exit %i, and both reports', (example, status) => {
    const directory = repository(example);
    expect(runIn(directory, job.script.join('\n')).status).toBe(status);
    const { codequality, junit } = job.artifacts.reports;
    const issues = JSON.parse(readFileSync(join(directory, codequality), 'utf8'));
    expect(issues).toHaveLength(status);
    expect(readFileSync(join(directory, junit), 'utf8')).toContain(` failures="${status}"`);
    for (const { location } of issues) expect(existsSync(join(directory, location.path))).toBe(true);
  });
});

describe('github.yml and action.yml', () => {
  const workflow = parse(textOf('examples/ci/github.yml'));
  const action = parse(textOf('action.yml'));
  const [, step, upload] = workflow.jobs.no502.steps;

  /** Runs the action with these inputs, as a runner does. */
  function run(
    directory: string,
    inputs: Readonly<Record<string, string>>,
  ): Ended & { readonly summary: string } {
    const [{ run: script, env }] = action.runs.steps;
    const given: Readonly<Record<string, string>> = {
      ...Object.fromEntries(
        Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, input.default]),
      ),
      ...inputs,
    };
    const filled = Object.entries<string>(env).map(([name, value]) => [
      name,
      value
        .replace('${{ github.action_path }}', root)
        .replace(
          /^\$\{\{ inputs\.([\w-]+) \}\}$/,
          (_all, input: string) => given[input] ?? `no input ${input}`,
        ),
    ]);
    const summary = join(directory, 'summary.md');
    const ended = runIn(directory, script, { ...Object.fromEntries(filled), GITHUB_STEP_SUMMARY: summary });
    return { ...ended, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
  }

  test('the workflow gives inputs that the action takes', () => {
    expect(step.uses).toBe(`no502/no502@v${version}`);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    expect(upload.with.sarif_file).toBe(step.with['sarif-file']);
    expect(workflow.jobs.no502.permissions).toHaveProperty('security-events', 'write');
  });

  test('no input is pasted into the script', () => {
    for (const { run: script } of action.runs.steps) expect(script).not.toContain('${{');
  });

  test('annotates, summarizes, writes SARIF and fails', () => {
    const directory = repository('php-upgrade');
    const { status, stdout, stderr, summary } = run(directory, step.with);
    expect(stdout).toMatch(/^::error file=deploy\/root\/etc\/nginx\/sites-available\/shop,line=14,/);
    expect(summary).toMatch(/^## no502: 1 error, /);
    const { runs } = JSON.parse(readFileSync(join(directory, step.with['sarif-file']), 'utf8'));
    expect(runs[0].results).toHaveLength(1);
    expect([status, stderr]).toEqual([1, '']);
  });

  test('passes on a healthy host', () => {
    const { status, stdout, summary } = run(repository('healthy'), step.with);
    expect(stdout).not.toContain('::');
    expect(summary).toMatch(/^## no502: no problem found\n/);
    expect(status).toBe(0);
  });

  test('takes paths with blanks, a severity, and no summary', () => {
    const directory = repository('php-upgrade');
    mkdirSync(join(directory, 'my sites'));
    writeFileSync(join(directory, 'my sites/a.conf'), 'server {\n    listen 80\n}\n');
    const inputs = { paths: 'my sites/a.conf\ndeploy/root/etc/php/8.2/fpm/pool.d\n', summary: 'false' };
    const failing = run(directory, inputs);
    expect(failing.stdout).toMatch(/^::error file=my sites\/a\.conf,/);
    expect([failing.status, failing.summary]).toEqual([1, '']);
    expect(run(directory, { ...inputs, 'fail-on': 'never' }).status).toBe(0);
  });

  test('is wrong where its inputs are, and runs nothing of them', () => {
    const directory = repository('healthy');
    const hostile = '$(touch pwned)`touch pwned`; touch pwned';
    for (const inputs of [
      { root: hostile },
      { paths: hostile },
      { baseline: hostile },
      { args: `--root ${hostile}` },
    ]) {
      expect(run(directory, inputs).status).toBe(2);
    }
    expect(run(directory, { root: 'deploy/root', version: hostile }).status).toBe(64);
    expect(existsSync(join(directory, 'pwned'))).toBe(false);
    expect(run(directory, { root: 'deploy/root', 'fail-on': 'never; touch pwned' }).status).toBe(2);
  });
});
