import { readFileSync } from 'node:fs';
import { beMember } from './network/member.ts';
import { playNetwork } from './network/play.ts';
import { play } from './play.ts';
import { buildRoot } from './root.ts';

/**
 * The first process inside the namespaces of one host. Takes the plan as JSON on its standard input and the directory
 * for the host's root as its argument, prints the observation as JSON, and takes every process of the host along when it ends.
 * `network` before the directory plays a plan of several hosts; `member` is one of these, started by that.
 */
const [first = '', second = ''] = process.argv.slice(2);

function print(observation: object): void {
  process.stdout.write(JSON.stringify(observation), () => process.exit(0));
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
  default: {
    const plan = readPlan();
    buildRoot(first, plan);
    print(await play(first, plan));
  }
}
