import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type FixResult, fixFindings } from '../../src/fix/fix.ts';
import type { FileSystem } from '../../src/load/file-system.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { bundleGuest } from '../lab/bundle.ts';
import { judge } from '../lab/judge.ts';
import { isOfSeveralHosts, lintInputOf, loadHosts, loadScenarios, planFor, treeOf } from '../lab/load.ts';
import { failed } from '../lab/observation.ts';
import type { Tree, TreeEntry } from '../lab/plan.ts';
import { reasonNotToRun, run } from '../lab/run.ts';
import type { Scenario } from '../lab/scenario.ts';
import { reportOf } from '../report/places.ts';

const lab = fileURLToPath(new URL('../lab', import.meta.url));
const hosts = loadHosts(lab);

/** The tree as the linter's file system has it: the files are all that fixing looks at. */
function fileSystemOf(tree: Tree): FileSystem {
  const files = [...tree].flatMap(([path, entry]) =>
    entry.kind === 'file' ? [[`/host${path}`, entry.text]] : [],
  );
  return memoryFileSystem(Object.fromEntries(files));
}

/** The tree with what its files hold by now. */
function treeIn(fs: FileSystem, tree: Tree): Tree {
  const current = (path: string, entry: TreeEntry): TreeEntry =>
    entry.kind === 'file' ? { ...entry, text: Buffer.from(fs.readFile(`/host${path}`)).toString() } : entry;
  return new Map([...tree].map(([path, entry]) => [path, current(path, entry)]));
}

/** Does to a scenario's host what `no502 --fix` would. */
async function fix(scenario: Scenario): Promise<FixResult & { readonly tree: Tree }> {
  const tree = treeOf(scenario, hosts);
  const { apps } = lintInputOf(scenario, hosts);
  const result = await fixFindings({
    fs: fileSystemOf(tree),
    cwd: '/',
    unsafe: true,
    lint: async (fs) => reportOf(await judge({ tree: treeIn(fs, tree), apps })),
    refuse: () => undefined,
  });
  const texts = new Map(result.changes.map(({ path, text }) => [path, text]));
  const fixed = [...tree].map(([path, entry]): [string, TreeEntry] => {
    const text = texts.get(`/host${path}`);
    return [path, entry.kind === 'file' && text !== undefined ? { ...entry, text } : entry];
  });
  return { ...result, tree: new Map(fixed) };
}

/** The scenarios of which a fix is all that the linter asks for. */
async function repaired(): Promise<readonly (readonly [id: string, scenario: Scenario, tree: Tree])[]> {
  const all: (readonly [string, Scenario, Tree])[] = [];
  for (const scenario of loadScenarios(lab)) {
    const faults = scenario.verdicts.flatMap((verdict) => (verdict.kind === 'fault' ? verdict.rules : []));
    if (faults.length === 0 || isOfSeveralHosts(scenario)) continue;
    const { fixed, report, tree } = await fix(scenario);
    const isWhole = report.findings.every(({ severity }) => severity !== 'error');
    if (isWhole && fixed.some(({ rule, severity }) => severity === 'error' && faults.includes(rule))) {
      all.push([scenario.id, scenario, tree]);
    }
  }
  return all;
}

const scenarios = await repaired();
const reason = reasonNotToRun();

test('many hosts of the lab can be repaired', () => {
  expect(scenarios.length).toBeGreaterThan(40);
});

describe.skipIf(reason !== undefined)(
  `hosts of the lab after --fix, with the real servers${reason === undefined ? '' : ` (left out: ${reason})`}`,
  () => {
    let guest = '';
    beforeAll(async () => {
      guest = await bundleGuest(lab);
    });

    test.each(scenarios)('%s serves', async (_id, scenario, tree) => {
      const host = hosts.get(scenario.base);
      if (!host) throw new Error(`there is no host ${scenario.base}`);
      const observation = await run(planFor(tree, host.story, scenario), guest);
      expect(failed(observation), JSON.stringify(observation)).toBe(false);
    });
  },
);
