import type { Tree } from '../../src/engine/rule.ts';
import { discover } from '../../src/load/discover.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { assembleHost } from '../../src/model/assemble/deployment.ts';
import type { HostFacts } from '../../src/model/host/facts.ts';
import type { Host } from '../../src/model/host.ts';
import { baseHost } from '../rules/base-host.ts';

/** The model of the small healthy host with a tree laid over it. */
export async function hostOf(tree: Tree, facts: HostFacts = {}): Promise<Host> {
  const files = Object.entries({ ...baseHost, ...tree }).map(([path, text]) => [`/host/${path}`, text]);
  const fs = memoryFileSystem(Object.fromEntries(files));
  const { hosts } = await discover({ fs, cwd: '/host', root: '/host', paths: [], exclude: [] });
  const [input] = hosts;
  if (!input) throw new Error('the tree holds no host');
  return assembleHost(input, facts).host;
}
