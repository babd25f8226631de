import type { Prediction } from './finding.ts';

/** What happens when the other side takes longer than nginx waits for its answer. */
export const readTimedOut: Prediction = {
  status: 504,
  log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
};
