import type { Span } from '../../syntax/source.ts';
import type { Address } from '../links/address.ts';

/** What a program speaks to those who connect to it. */
export const appProtocols = ['http', 'https', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'grpcs'] as const;

/** The protocol of an app. */
export type AppProtocol = (typeof appProtocols)[number];

/** A program that declares where it listens: an entry of `apps:` in no502.yaml, or `--app api=3001`. */
export interface App {
  readonly name: string;
  readonly address: Address;
  readonly protocol: AppProtocol;
  /** Where it is declared; absent for one of the command line. */
  readonly span?: Span;
}
