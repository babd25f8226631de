import { join } from 'node:path';
import type { HostPlan } from '../../network/plan.ts';
import { type Booted, boot, tidyNginx, tidyRuntime } from '../play.ts';
import { buildRoot } from '../root.ts';
import { bootContainer, buildContainer, type RunningContainer } from './container.ts';
import type { Order } from './start-member.ts';

/** The first process of one of several hosts: builds its root, starts its daemons and tells what they write, as it is asked. */
export function beMember(work: string): void {
  process.send?.('up');
  process.once('message', (host: HostPlan) => {
    const answer = answerer(work, host);
    process.on('message', (order: Order) => {
      void answer(order).then((said) => process.send?.(said));
    });
    process.send?.('ready');
  });
  // The host ends with the machine that started it.
  process.on('disconnect', () => process.exit());
}

function answerer(work: string, { name, body }: HostPlan): (order: Order) => Promise<unknown> {
  const root = join(work, 'hosts', name);
  return body.kind === 'machine' ? machine(root, body.plan) : container(root, work, body);
}

function machine(root: string, plan: Parameters<typeof boot>[1]): (order: Order) => Promise<unknown> {
  let booted: Booted | undefined;
  return async ({ kind }) => {
    switch (kind) {
      case 'build':
        buildRoot(root, plan);
        return true;
      case 'boot': {
        booted = await boot(root, plan);
        const { nginx, fpm } = booted;
        return { ...(nginx && { nginx }), fpm };
      }
      case 'lines':
        return tidyNginx(booted?.logs.nginx() ?? []);
      case 'end':
        return tidyRuntime(booted?.logs.fpm() ?? []);
      default:
        return kind satisfies never;
    }
  };
}

function container(
  root: string,
  work: string,
  body: Parameters<typeof buildContainer>[2],
): (order: Order) => Promise<unknown> {
  let running: RunningContainer | undefined;
  return async ({ kind }) => {
    switch (kind) {
      case 'build':
        await buildContainer(root, work, body);
        return true;
      case 'boot':
        running = await bootContainer(root, body.program);
        return running.record;
      case 'lines':
        return tidyNginx(running?.nginxLines() ?? []);
      case 'end':
        return tidyRuntime(running?.fpmLines() ?? []);
      default:
        return kind satisfies never;
    }
  };
}
