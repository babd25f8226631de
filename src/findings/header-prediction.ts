import type { Prediction } from '../engine/finding.ts';
import { bytesText } from '../values/bytes-text.ts';

/** What happens when the header of an answer does not fit into the buffer, in bytes. */
export function headerTooBig(bytes: number): Prediction {
  return {
    status: 502,
    log: 'upstream sent too big header while reading response header from upstream',
    when: `when the header of an answer is larger than ${bytesText(bytes)}`,
  };
}
