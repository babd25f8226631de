import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Span } from '../../syntax/source.ts';
import type { UnitLimit } from '../host/unit-limit.ts';
import { own } from './block.ts';
import type { Nginx } from './nginx.ts';

/** More connections to a worker of nginx than it may open files. */
export interface FileLimit {
  readonly connections: number;
  /** The `worker_connections`. */
  readonly from: Directive;
  readonly files: number;
  /** The `worker_rlimit_nofile`, or the `LimitNOFILE=` of its unit; absent where systemd's default is meant. */
  readonly limit?: Span;
}

/** The soft limit of services that say nothing. https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html#DefaultLimitNOFILE= */
const defaultFileLimit = 1024;

/**
 * Compares `worker_connections`, which counts clients and upstreams alike, with the files a worker may open: every
 * connection is one. https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile
 */
export function exceededFileLimit({ main }: Nginx, ofUnit: UnitLimit | undefined): FileLimit | undefined {
  if (main.kind !== 'main') return undefined;
  const events = main.blocks.find(({ kind }) => kind === 'events');
  const from = events && own(events, 'worker_connections');
  const limit = own(main, 'worker_rlimit_nofile');
  const connections = numberOf(from);
  // Its master raises what the unit says where it is told to.
  const files = limit ? numberOf(limit) : (ofUnit?.value ?? defaultFileLimit);
  const span = limit ? { source: limit.source, start: limit.start, end: limit.end } : ofUnit?.span;
  if (!from || connections === undefined || files === undefined || connections <= files) return undefined;
  return { connections, from, files, ...(span && { limit: span }) };
}

function numberOf(directive: Directive | undefined): number | undefined {
  const text = directive?.args[0]?.value ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
