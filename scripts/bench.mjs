// Measures whole processes beside each other: `npm run bench [-- --write] [sites..]`. Rounds are interleaved, so that what
// else the machine does hits all alike. Prints a table of medians, ratios and peak memory; `--write` keeps it in README.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateHost } from './bench-host.mjs';
import { compared, makeCertificate } from './bench-processes.mjs';
import { runMeasured } from './bench-run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(join(root, 'dist/cli.js'))) throw new Error('dist/cli.js is not there: npm run build');

const parameters = process.argv.slice(2);
const numbers = parameters.map(Number).filter((each) => each > 0);
const sizes = numbers.length > 0 ? numbers : [1, 100, 1000, 10000];
// A process that takes longer is run once.
const slowMs = 20_000;

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
    process.stdout.write(`${plain(size, results)}\n`);
    rmSync(host, { recursive: true });
  }
  const table = markdown(tables);
  process.stdout.write(`${table}\n`);
  if (parameters.includes('--write')) keep(table);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** One warm-up, then so many rounds; the median and the least of each, and the most memory of all. */
function measure(cases, rounds) {
  const results = cases.map((each) => ({ ...each, runs: [] }));
  for (let round = -1; round < rounds; round++) {
    for (const result of results) {
      if (result.runs.length > 0 && result.runs[0].ms > slowMs) continue;
      result.before?.();
      const run = runMeasured(result);
      if (round >= 0 || run.ms > slowMs) result.runs.push(run);
    }
  }
  return results.map(({ name, runs }) => {
    const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
    return {
      name,
      median: sorted[sorted.length >> 1],
      least: sorted[0],
      user: Math.min(...runs.map(({ userMs }) => userMs)),
      memory: Math.max(...runs.map(({ memoryMb }) => memoryMb)),
    };
  });
}

function plain(size, results) {
  const lines = results.map(({ name, median, least, user, memory }) =>
    [
      `  ${name.padEnd(40)}`,
      `${median.toFixed(0)} ms`.padStart(10),
      `(least ${least.toFixed(0)},`.padStart(15),
      `${user.toFixed(0)} of the processor)`.padStart(24),
      `${memory.toFixed(0)} MB`.padStart(9),
    ].join(''),
  );
  return `${count(size)}\n${lines.join('\n')}\n`;
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

function keep(table) {
  const readme = join(root, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const marks = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  if (!marks.test(text)) throw new Error('README.md has no place for the table');
  writeFileSync(
    readme,
    text.replace(marks, (_, open, close) => `${open}\n${table}\n\n${close}`),
  );
}
