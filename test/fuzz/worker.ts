import { parentPort, workerData } from 'node:worker_threads';
import { readCorpus } from './corpus.ts';
import { failureOf, inputOf, shortened } from './fuzz-run.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { allTargets } from './targets.ts';

/** Runs the inputs of one target, and keeps the number of the one that runs where the main thread can see it. */
const { root, target: name, seed, from, inputs, seconds, shared }: ToWorker = workerData;
const at = new Int32Array(shared);
const target = allTargets(readCorpus(root)).find((each) => each.name === name);
if (!target || !parentPort) throw new Error(`no target ${name}`);
const send = (message: FromWorker): void => parentPort?.postMessage(message);

const MOST_FAILURES = 5;
const began = performance.now();
let failures = 0;
let number = from;
for (; number < from + inputs && failures < MOST_FAILURES; number++) {
  if (number % 64 === 0 && performance.now() - began > seconds * 1000) break;
  Atomics.store(at, 0, number);
  const input = inputOf(target, seed, number);
  const message = await failureOf(target, input);
  if (message === undefined) continue;
  failures++;
  send({
    kind: 'failure',
    failure: { target: name, seed, number, input: await shortened(target, input), message },
  });
}
send({ kind: 'end', inputs: number - from, seconds: (performance.now() - began) / 1000 });
