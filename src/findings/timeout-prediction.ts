import type { Prediction } from '../engine/finding.ts';

/** What happens when the other side takes longer than nginx waits for its answer, in seconds. */
export function readTimedOut(seconds: number): Prediction {
  return {
    status: 504,
    log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
    when: `when a script takes longer than ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
  };
}
