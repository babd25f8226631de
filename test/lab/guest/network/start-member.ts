import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostRecord } from '../../network/observation.ts';
import type { HostPlan } from '../../network/plan.ts';

/** What a host is asked to do, and what it answers. */
export type Order =
  | { readonly kind: 'build' }
  | { readonly kind: 'boot' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'end' };

interface Answers {
  readonly build: true;
  readonly boot: Omit<HostRecord, 'fpmRuntime'>;
  /** New lines of nginx. */
  readonly lines: readonly string[];
  /** New lines of php-fpm. */
  readonly end: readonly string[];
}

/** The first process of a host in namespaces of its own. */
export interface Member {
  /** Its number here; `/proc/<number>/ns/net` is its network. */
  readonly process: number;
  ask<Kind extends Order['kind']>(order: { readonly kind: Kind }): Promise<Answers[Kind]>;
}

const NAMESPACES = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** Starts the first process of a host: in a network of its own, or in that of another process. */
export async function startMember(
  work: string,
  host: HostPlan,
  networkOf: number | undefined,
): Promise<Member> {
  const root = join(work, 'hosts', host.name);
  mkdirSync(root, { recursive: true });
  const guest = [process.execPath, process.argv[1] ?? '', 'member', work];
  const [command = '', ...args] =
    networkOf === undefined
      ? ['unshare', '--net', ...NAMESPACES, ...guest]
      : ['nsenter', `--net=/proc/${networkOf}/ns/net`, 'unshare', ...NAMESPACES, ...guest];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const next = (): Promise<never> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as never));
      child.once('exit', (code) => reject(new Error(`${host.name} ended with ${code ?? 'a signal'}`)));
    });
  await next();
  child.send(host);
  await next();
  return {
    process: child.pid ?? 0,
    ask: (order) => {
      const answer = next();
      child.send(order);
      return answer;
    },
  };
}
