import { readFileSync } from 'node:fs';
import type { Plan } from '../plan.ts';
import { play } from './play.ts';
import { buildRoot } from './root.ts';

/**
 * The first process inside the namespaces of one host. Takes the plan as JSON on its standard input and the directory
 * for the host's root as its argument, prints the observation as JSON, and takes every process of the host along when it ends.
 */
const root = process.argv[2] ?? '';
const plan: Plan = JSON.parse(readFileSync(0, 'utf8'));
buildRoot(root, plan);
const observation = await play(root, plan);
process.stdout.write(JSON.stringify(observation), () => process.exit(0));
