import type { Failure } from './fuzz-run.ts';

/** What a worker is told. */
export interface ToWorker {
  /** The directory of the repository. */
  readonly root: string;
  readonly target: string;
  readonly seed: number;
  /** The number of the first input. */
  readonly from: number;
  readonly inputs: number;
  readonly seconds: number;
  /** Holds the number of the input that runs. */
  readonly shared: SharedArrayBuffer;
}

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'end'; readonly inputs: number; readonly seconds: number };
