import type { Host } from './host.ts';

/** The hosts that are linted together. */
export interface Deployment {
  readonly hosts: readonly Host[];
}
