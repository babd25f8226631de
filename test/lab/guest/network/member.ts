import { join } from 'node:path';
import type { HostPlan } from '../../network/plan.ts';
import type { Plan } from '../../plan.ts';
import { boot, tidyNginx, tidyRuntime } from '../play.ts';
import { buildRoot } from '../root.ts';
import { bootContainer } from './boot-container.ts';
import { buildContainer } from './build-container.ts';
import type { Order } from './start-member.ts';
import type { StartedHost } from './started-host.ts';
import { unplug } from './wires.ts';

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

function answerer(work: string, { name, body, link }: HostPlan): (order: Order) => Promise<unknown> {
  const root = join(work, 'hosts', name);
  let started: StartedHost | undefined;
  return async ({ kind }) => {
    switch (kind) {
      case 'build':
        if (body.kind === 'machine') buildRoot(root, body.plan);
        else await buildContainer(root, work, body);
        return true;
      case 'boot':
        started = await (body.kind === 'machine'
          ? bootMachine(root, body.plan)
          : bootContainer(root, body.program, () => unplug(link)));
        return started.record;
      case 'lines':
        return tidyNginx(started?.nginxLines() ?? []);
      case 'end':
        return tidyRuntime(started?.fpmLines() ?? []);
      default:
        return kind satisfies never;
    }
  };
}

async function bootMachine(root: string, plan: Plan): Promise<StartedHost> {
  const { nginx, fpm, logs } = await boot(root, plan);
  return { record: { ...(nginx && { nginx }), fpm }, nginxLines: logs.nginx, fpmLines: logs.fpm };
}
