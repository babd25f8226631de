import type { Span } from '../syntax/source.ts';
import type { Address } from './address.ts';
import type { ListenerProtocol } from './listener.ts';

/** A program that declares where it listens. */
export interface App {
  readonly name: string;
  readonly address: Address;
  readonly protocol: ListenerProtocol;
  /** Where it is declared; absent for `--app name=port`. */
  readonly span?: Span;
}
