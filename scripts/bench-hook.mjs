// What a git hook takes: `node scripts/bench-hook.mjs`, and as a part of `npm run bench`. Commits to a repository of 200
// sites are linted as git has a hook do it, in the order of what people do, each beside `node -e 0`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateHost } from './bench-host.mjs';
import { measure, plain } from './bench-rounds.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sites = 200;
const host = 'deploy/root';
const site = `${host}/etc/nginx/sites-available/site00100`;
const pool = `${host}/etc/php/8.2/fpm/pool.d/site00100.conf`;

/** The rounds, and a sentence of what came out for README. */
export function benchHook(rounds) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'no502-bench-hook-')));
  try {
    const results = measure(hookCases(scratch), rounds);
    const [none, staged] = results;
    return {
      text: plain(`a git hook on ${sites} sites`, results),
      sentence: `On a repository of ${sites} sites that takes ${staged.median.toFixed(0)} ms, where \`node -e 0\` takes ${none.median.toFixed(0)} ms.`,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function hookCases(scratch) {
  const dist = join(scratch, 'dist');
  cpSync(join(root, 'dist'), dist, { recursive: true });
  const repository = join(scratch, 'repository');
  generateHost(join(repository, host), sites);
  const git = (...parameters) => runGit(repository, parameters);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'All sites');

  /** Stages one change: `edit` gets the text of a file and says what becomes of it. */
  const staging = (path, edit) => () => {
    git('reset', '--quiet', '--hard');
    const file = join(repository, path);
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    git('add', '--all');
  };
  const slower = staging(site, (text) => text.replace('32m', '64m'));
  const linting = { command: process.execPath, cwd: repository, statuses: [0] };
  const options = ['--root', host, '--memory', '640G'];
  const staged = [join(dist, 'cli.js'), '--staged', ...options];
  return [
    { name: '`node -e 0`', ...linting, parameters: ['-e', '0'] },
    { name: 'no502 --staged, a site changed', ...linting, parameters: staged, before: slower },
    {
      name: 'no502 --changed FILE, the same',
      ...linting,
      parameters: [join(dist, 'cli.js'), '--changed', ...options, site],
      before: slower,
    },
    {
      name: 'no502 --staged, a site broken',
      ...linting,
      parameters: staged,
      statuses: [1],
      before: staging(site, (text) => text.replace('.sock', '.socket')),
    },
    {
      // Then what was there before is linted too.
      name: 'no502 --staged, a pool moved away from its site',
      ...linting,
      parameters: staged,
      statuses: [1],
      before: staging(pool, (text) => text.replace('$pool.sock', 'elsewhere.sock')),
    },
    {
      name: 'no502 --staged, the first run of an installation',
      ...linting,
      parameters: staged,
      before() {
        slower();
        for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name));
      },
    },
  ];
}

function runGit(cwd, parameters) {
  const author = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.com'];
  const { status, stderr, error } = spawnSync('git', [...author, ...parameters], { cwd, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${parameters.join(' ')} ended with ${status}: ${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(benchHook(21).text);
