// Runs processes beside each other, round by round.
import { runMeasured } from './bench-run.mjs';

// A process that takes longer is run once.
const slowMs = 20_000;

/** One warm-up, then so many rounds; the median and the least of each, and the most memory of all. */
export function measure(cases, rounds) {
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

/** A line for each process, for people who wait. */
export function plain(title, results) {
  const lines = results.map(({ name, median, least, user, memory }) =>
    [
      `  ${name.padEnd(48)}`,
      `${median.toFixed(0)} ms`.padStart(10),
      `(least ${least.toFixed(0)},`.padStart(15),
      `${user.toFixed(0)} of the processor)`.padStart(24),
      `${memory.toFixed(0)} MB`.padStart(9),
    ].join(''),
  );
  return `${title}\n${lines.join('\n')}\n`;
}
