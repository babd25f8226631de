import { readFileSync } from 'node:fs';
import { parseProtocol } from '../scenario-lines.ts';
import { startServer } from './apps.ts';
import { beMember } from './network/member.ts';
import { playNetwork } from './network/play.ts';
import { play } from './play.ts';
import { buildRoot } from './root.ts';

/**
 * The first process inside the namespaces of one host. Takes the plan as JSON on its standard input and the directory
 * for the host's root as its argument, prints the observation as JSON, and takes every process of the host along when it ends.
 * `network` before the directory plays a plan of several hosts; `member` is one of these, started by that; `app http
 * 0.0.0.0:8000` is a small program in a container.
 */
const [first = '', second = '', third = ''] = process.argv.slice(2);

function print(observation: object): void {
  process.stdout.write(JSON.stringify(observation), () => process.exit(0));
}

/** It tells its own name, so that an answer tells who gave it. */
async function beApp(protocol: string, address: string): Promise<void> {
  const known = parseProtocol(protocol);
  if (!known) throw new Error(`the lab has no program for ${protocol}`);
  const name = process.env['NAME'] ?? 'app';
  await startServer('/', { name, protocol: known, address, runs: true, declared: false });
}

function readPlan() {
  return JSON.parse(readFileSync(0, 'utf8'));
}

switch (first) {
  case 'network':
    print(await playNetwork(second, readPlan()));
    break;
  case 'member':
    beMember(second);
    break;
  case 'app':
    await beApp(second, third);
    break;
  default: {
    const plan = readPlan();
    buildRoot(first, plan);
    print(await play(first, plan));
  }
}
