// Measures whole processes beside each other: `npm run bench [-- --write] [sites..]`. Rounds are interleaved, so that what
// else the machine does hits all alike. Prints a table of medians, ratios and peak memory; `--write` keeps it in README.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goals } from './bench-goals.mjs';
import { benchHook } from './bench-hook.mjs';
import { generateHost } from './bench-host.mjs';
import { compared, makeCertificate } from './bench-processes.mjs';
import { measure, plain } from './bench-rounds.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(join(root, 'dist/cli.js'))) throw new Error('dist/cli.js is not there: npm run build');

const parameters = process.argv.slice(2);
const numbers = parameters.map(Number).filter((each) => each > 0);
const sizes = numbers.length > 0 ? numbers : [1, 100, 1000, 10000];
const scratch = mkdtempSync(join(tmpdir(), 'no502-bench-'));
try {
  const tables = [];
  cpSync(join(root, 'dist'), join(scratch, 'dist'), { recursive: true });
  const certificate = makeCertificate(scratch);
  for (const size of sizes) {
    const host = join(scratch, 'host');
    generateHost(host, size, certificate);
    const rounds = size >= 5000 ? 3 : size >= 500 ? 7 : 15;
    const results = measure(compared({ root, scratch, host, size, certificate }), rounds);
    tables.push({ size, results });
    process.stdout.write(`${plain(count(size), results)}${goals(size, results)}\n`);
    rmSync(host, { recursive: true });
  }
  const table = markdown(tables);
  process.stdout.write(`${table}\n`);
  // Where certain sizes are asked for, the hook is not.
  const hook = numbers.length > 0 ? undefined : benchHook(21);
  if (hook) process.stdout.write(`\n${hook.text}`);
  if (parameters.includes('--write')) {
    keep('bench', table);
    if (hook) keep('bench hook', hook.sentence);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A row for each process, a column for each size: the time, and how many times that of no502 it is. */
function markdown(tables) {
  const names = [...new Set(tables.flatMap(({ results }) => results.map(({ name }) => name)))];
  const cell = (name, { results }) => {
    const own = results.find((each) => each.name === 'no502');
    const found = results.find((each) => each.name === name);
    if (!found) return '';
    return found === own
      ? `**${seconds(own.median)}**`
      : `${seconds(found.median)} (${ratio(found.median / own.median)})`;
  };
  const memoryOf = (name) => {
    const found = tables.at(-1).results.find((each) => each.name === name);
    return found?.memory > 0 ? `${found.memory.toFixed(0)} MB` : '';
  };
  const rows = names.map(
    (name) => `| ${name} | ${tables.map((table) => cell(name, table)).join(' | ')} | ${memoryOf(name)} |`,
  );
  return [
    `Medians of whole processes, and how many times that of no502 they are, on ${new Date().toISOString().slice(0, 10)}`,
    `with Node ${process.versions.node} on ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}). Memory is the peak with ${count(tables.at(-1).size)}.`,
    '',
    `| | ${tables.map(({ size }) => count(size)).join(' | ')} | memory |`,
    `| --- | ${tables.map(() => '---:').join(' | ')} | ---: |`,
    ...rows,
  ].join('\n');
}

function count(size) {
  return size === 1 ? '1 site' : `${size.toLocaleString('en')} sites`;
}

function seconds(ms) {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function ratio(times) {
  return times < 10 ? `${times.toFixed(2)} ×` : `${times.toFixed(0)} ×`;
}

function keep(name, text) {
  const readme = join(root, 'README.md');
  const before = readFileSync(readme, 'utf8');
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marks.test(before)) throw new Error(`README.md has no place for ${name}`);
  writeFileSync(
    readme,
    before.replace(marks, (_, open, close) => `${open}\n${text}\n\n${close}`),
  );
}
