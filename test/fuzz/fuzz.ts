import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { readCorpus } from './corpus.ts';
import { type Failure, inputOf } from './fuzz-run.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { allTargets } from './targets.ts';

// npm run fuzz: random inputs for every part that reads what strangers write.
//   --target NAME   this one alone (may be given more than once)
//   --inputs N      so many in all, shared out by how fast the targets are; 100,000 unless said
//   --seconds N     no longer than this
//   --seed N        makes the same inputs again; --from N begins at that number
const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    inputs: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3600' },
    seed: { type: 'string', default: '502' },
    from: { type: 'string', default: '0' },
  },
});

/** An input that takes longer hangs, and one that takes more memory has no bounds. */
const HANG_SECONDS = 20;
const MEMORY_MB = 1024;

const root = process.cwd();
const failed = join(root, 'test/fuzz/failed');
const all = allTargets(readCorpus(root));
const targets = values.target ? all.filter(({ name }) => values.target?.includes(name)) : all;
if (targets.length === 0) throw new Error(`the targets are ${all.map(({ name }) => name).join(', ')}`);
const shares = targets.reduce((sum, { share }) => sum + share, 0);
const [inputs, seconds, seed, from] = [values.inputs, values.seconds, values.seed, values.from].map(Number);

interface Outcome {
  readonly inputs: number;
  readonly seconds: number;
  readonly failures: number;
}

/** Runs a target in a thread that can be ended whatever it does. */
function runTarget(name: string, quota: number, deadline: number): Promise<Outcome> {
  const shared = new SharedArrayBuffer(4);
  const at = new Int32Array(shared);
  const began = performance.now();
  const first = from ?? 0;
  const left = Math.max(1, (deadline - began) / 1000);
  const workerData: ToWorker = {
    root,
    target: name,
    seed: seed ?? 0,
    from: first,
    inputs: quota,
    seconds: left,
    shared,
  };
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData,
    // The stack is as large as that of a process, where the command runs: a thread's own is four times that.
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 1 },
  });
  let failures = 0;
  const fail = (failure: Failure): void => {
    failures++;
    save(failure);
  };
  return new Promise((resolve) => {
    const ended = (outcome: Omit<Outcome, 'failures'>): void => {
      clearInterval(watch);
      resolve({ ...outcome, failures });
    };
    const broken = (message: string): void => {
      const number = Atomics.load(at, 0);
      const target = targets.find((each) => each.name === name);
      if (target)
        fail({ target: name, seed: seed ?? 0, number, input: inputOf(target, seed ?? 0, number), message });
      ended({ inputs: number - first, seconds: (performance.now() - began) / 1000 });
    };
    let before = -1;
    let since = began;
    const watch = setInterval(() => {
      const now = Atomics.load(at, 0);
      if (now !== before) [before, since] = [now, performance.now()];
      else if (performance.now() - since > HANG_SECONDS * 1000) {
        void worker.terminate();
        broken(`no end after ${HANG_SECONDS} seconds`);
      }
    }, 500);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'failure') fail(message.failure);
      else ended(message);
    });
    worker.on('error', (error) => broken(String(error)));
  });
}

function save({ target, seed: made, number, input, message }: Failure): void {
  const text = `${JSON.stringify({ target, input }, undefined, 2)}\n`;
  const path = join(failed, `${target}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`);
  mkdirSync(failed, { recursive: true });
  writeFileSync(path, text);
  const why = message.split('\n').slice(0, 4).join('\n    ').slice(0, 1200);
  process.stdout.write(
    `${target}: --seed ${made} --from ${number} --inputs 1\n    ${why}\n    saved as ${path}\n`,
  );
}

const deadline = performance.now() + (seconds ?? 0) * 1000;
let sum = { inputs: 0, seconds: 0, failures: 0 };
process.stdout.write('target               inputs    seconds   a second   failures\n');
for (const { name, share } of targets) {
  const quota = Math.max(1, Math.round(((inputs ?? 0) * share) / shares));
  const done = await runTarget(name, quota, deadline);
  sum = {
    inputs: sum.inputs + done.inputs,
    seconds: sum.seconds + done.seconds,
    failures: sum.failures + done.failures,
  };
  process.stdout.write(`${row(name, done)}\n`);
}
process.stdout.write(`${row('all', sum)}\n`);
process.exitCode = sum.failures > 0 ? 1 : 0;

function row(name: string, { inputs: count, seconds: took, failures }: Outcome): string {
  const cells = [
    count.toLocaleString('en'),
    took.toFixed(1),
    Math.round(count / took).toLocaleString('en'),
    String(failures),
  ];
  return name.padEnd(15) + cells.map((cell, at) => cell.padStart(at === 0 ? 12 : 11)).join('');
}
