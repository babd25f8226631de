import { fileURLToPath } from 'node:url';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { isOfSeveralHosts, loadHosts, loadScenarios, treeOf } from '../lab/load.ts';
import type { Tree, TreeEntry } from '../lab/plan.ts';
import type { Scenario } from '../lab/scenario.ts';

/** Where the lab is. */
export const lab = fileURLToPath(new URL('../lab', import.meta.url));
/** The lab's hosts, by name. */
export const hosts = loadHosts(lab);

/** The scenarios in which a site of one host asks for a PHP version that is gone: a compose project has another way to upgrade. */
export const staleScenarios: readonly (readonly [id: string, scenario: Scenario])[] = loadScenarios(lab)
  .filter((scenario) => !isOfSeveralHosts(scenario))
  .filter(({ verdicts }) =>
    verdicts.some(
      (verdict) => verdict.kind === 'fault' && verdict.rules.includes('stale-php-version-socket'),
    ),
  )
  .map((scenario) => [scenario.id, scenario]);

/** A host of the lab once `no502 upgrade --fix` was run on it. */
export interface Upgraded {
  readonly code: number;
  readonly stdout: string;
  readonly tree: Tree;
}

/** Runs `no502 upgrade --fix` on a scenario's host. */
export async function upgradeScenario(scenario: Scenario): Promise<Upgraded> {
  const tree = treeOf(scenario, hosts);
  const files = [...tree].map(([path, entry]) => [`/srv/host${path}`, memoryEntry(entry)]);
  const fake = fakeIo({ files: Object.fromEntries(files) });
  const code = await main(['upgrade', '--root', 'host', '--fix'], fake.io);
  const upgraded = [...tree].map(([path, entry]): [string, TreeEntry] => {
    const bytes = fake.replaced.get(`/srv/host${path}`);
    const isChanged = entry.kind === 'file' && bytes !== undefined;
    return [path, isChanged ? { ...entry, text: Buffer.from(bytes).toString() } : entry];
  });
  return { code, stdout: fake.stdout(), tree: new Map(upgraded) };
}

function memoryEntry(entry: TreeEntry): MemoryEntry {
  if (entry.kind === 'symlink') return { link: entry.target };
  const [uid = 0, gid = 0] = entry.owner.split(':').map(Number);
  const ownership = { mode: entry.mode, uid, gid };
  return entry.kind === 'directory'
    ? { directory: true, ...ownership }
    : { content: entry.text, ...ownership };
}
