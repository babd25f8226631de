// Measures whole processes beside each other: `npm run bench [-- rounds sites..]`. Rounds are interleaved, so that what
// else the machine does hits all alike; medians and minima are printed, with what each takes beyond Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateHost } from './bench-host.mjs';

// What reading alone costs: the same files, nothing made of them.
const readAll = `
import { readdirSync, readFileSync } from 'node:fs';
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) readFileSync(entry.parentPath + '/' + entry.name, 'utf8');
}
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'dist/cli.js');
if (!existsSync(command)) throw new Error('dist/cli.js is not there: npm run build');

const [rounds = 25, ...sizes] = process.argv.slice(2).map(Number);
const scratch = mkdtempSync(join(tmpdir(), 'no502-bench-'));

try {
  const example = join(root, 'examples/php-upgrade');
  print('a small host (examples/php-upgrade)', measure(cases(example), rounds));
  for (const size of sizes.length > 0 ? sizes : [1, 100, 1000]) {
    const host = join(scratch, String(size));
    generateHost(host, size);
    print(
      `${size} sites, ${size} pools`,
      measure(cases(host), Math.max(3, Math.round(rounds / (1 + size / 100)))),
    );
    rmSync(host, { recursive: true });
  }
} finally {
  rmSync(scratch, { recursive: true });
}

/** The processes that are compared on one host. The first is what Node takes to do nothing. */
function cases(host) {
  const reader = join(scratch, 'read.mjs');
  writeFileSync(reader, readAll);
  return [
    ['node -e 0', ['-e', '0']],
    ['node, reading the files', [reader, host]],
    ['no502 --version', [command, '--version']],
    ['no502', [command, '--root', host, '--fail-on', 'never', '--memory', '64G']],
  ];
}

function measure(compared, times) {
  const results = compared.map(([name, parameters]) => ({ name, parameters, times: [] }));
  const warmUps = 2;
  for (let round = -warmUps; round < times; round++) {
    for (const result of results) {
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, result.parameters, { maxBuffer: 2 ** 30 });
      const took = Number(process.hrtime.bigint() - start) / 1e6;
      if (status !== 0) throw new Error(`${result.name} ended with ${status}: ${stderr}`);
      if (round >= 0) result.times.push(took);
    }
  }
  return results.map(({ name, times: taken }) => {
    const sorted = taken.toSorted((a, b) => a - b);
    return { name, median: sorted[sorted.length >> 1], least: sorted[0] };
  });
}

function print(title, results) {
  const [{ median: nothing, least: leastNothing }] = results;
  const lines = results.map(({ name, median, least }) =>
    [
      `  ${name.padEnd(26)}`,
      `${median.toFixed(0)} ms`.padStart(9),
      `(least ${least.toFixed(0)})`.padStart(13),
      `+${(median - nothing).toFixed(0)} ms`.padStart(10),
      `(+${(least - leastNothing).toFixed(0)})`.padStart(8),
      `${(median / nothing).toFixed(2)} x`.padStart(9),
    ].join(''),
  );
  process.stdout.write(`${title}\n${lines.join('\n')}\n\n`);
}
