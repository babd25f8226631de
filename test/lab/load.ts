import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Master, Plan, Tree } from './plan.ts';
import { parseHost, parseScenario, type Scenario, type Story } from './scenario.ts';
import { applyChanges, readTree, resolveOwners } from './tree.ts';

/** A base host: its tree and its own page. */
export interface Host {
  readonly name: string;
  readonly story: Story;
  readonly tree: Tree;
}

/** What the linter is given of a host: no more than a user has. */
export interface LintInput {
  readonly tree: Tree;
  /** The apps that are declared to it, as `--app name=port` does. */
  readonly apps: readonly App[];
  readonly nginxVersion?: string;
}

/** Reads all base hosts of `test/lab/hosts`. */
export function loadHosts(lab: string): ReadonlyMap<string, Host> {
  const hosts = join(lab, 'hosts');
  return new Map(
    readdirSync(hosts)
      .sort()
      .map((name) => [name, loadHost(hosts, name)] as const),
  );
}

function loadHost(hosts: string, name: string): Host {
  const story = parseHost(name, readFileSync(join(hosts, name, 'host.md'), 'utf8'));
  return {
    name,
    story,
    tree: resolveOwners(applyChanges(readTree(join(hosts, name, 'root')), story.changes)),
  };
}

/** Reads all scenarios of `test/lab/scenarios`, sorted by id. */
export function loadScenarios(lab: string): readonly Scenario[] {
  const scenarios = join(lab, 'scenarios');
  return readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => parseScenario(path.slice(0, -3), readFileSync(join(scenarios, path), 'utf8')));
}

/** True for a repository of several hosts: a compose project, or hosts that `no502.yaml` names. */
export function isOfSeveralHosts({ id }: Scenario): boolean {
  return /^(?:compose|hosts)\//.test(id);
}

/** The tree of a scenario: its base host with its changes made. */
export function treeOf(scenario: Scenario, hosts: ReadonlyMap<string, Host>): Tree {
  return resolveOwners(applyChanges(baseOf(scenario, hosts).tree, scenario.changes));
}

/** What the real servers are given of a scenario. */
export function planOf(scenario: Scenario, hosts: ReadonlyMap<string, Host>): Plan {
  return planFor(treeOf(scenario, hosts), baseOf(scenario, hosts).story, scenario);
}

/** What the linter is given of a scenario. */
export function lintInputOf(scenario: Scenario, hosts: ReadonlyMap<string, Host>): LintInput {
  return inputOf(treeOf(scenario, hosts), baseOf(scenario, hosts).story, scenario);
}

/** What the linter is given of any tree of a host, `story` being as for `planFor`. */
export function inputOf(tree: Tree, host: Story, story: Story): LintInput {
  const nginxVersion = story.nginxVersion ?? host.nginxVersion;
  return {
    tree,
    apps: appsOf(host, story).filter((app) => app.declared),
    ...(nginxVersion !== undefined && nginxVersion !== 'unknown' && { nginxVersion }),
  };
}

/** A plan for any tree of a host: `story` is what a scenario adds, or the host's own page once more. */
export function planFor(tree: Tree, host: Story, story: Story): Plan {
  return {
    entries: [...tree],
    apps: appsOf(host, story),
    masters: [...mastersOf(tree, story.stopped), ...story.masters.map(([name, file]) => ({ name, file }))],
    addresses: [...new Set([...host.addresses, ...story.addresses])],
    boot: [...new Map([...host.boot, ...story.boot].map((made) => [made[0], made])).values()],
    requests: story.requests.map(({ plan }) => plan),
  };
}

/** The apps of the host; one of the same name in the story stands in its place. */
function appsOf(host: Story, story: Story): readonly App[] {
  return [...new Map([...host.apps, ...story.apps].map((app) => [app.name, app])).values()];
}

function baseOf(scenario: Scenario, hosts: ReadonlyMap<string, Host>): Host {
  const host = hosts.get(scenario.base);
  if (!host) throw new Error(`${scenario.id}: there is no base host ${scenario.base}`);
  return host;
}

/** Where services look for their `php-fpm.conf`: Debian and sury, RHEL, Remi, Alpine. */
const MASTER_FILES = [
  /^\/etc\/php\/(\d\.\d)\/fpm\/php-fpm\.conf$/,
  /^\/etc\/(php-fpm)\.conf$/,
  /^\/etc\/opt\/remi\/php(\d\d)\/php-fpm\.conf$/,
  /^\/etc\/php(\d\d)\/php-fpm\.conf$/,
];

function mastersOf(tree: Tree, stopped: readonly string[]): readonly Master[] {
  return [...tree.keys()].flatMap((file) => {
    const name = MASTER_FILES.map((pattern) => pattern.exec(file)?.[1]).find((found) => found !== undefined);
    return name === undefined || stopped.includes(name) ? [] : [{ name, file }];
  });
}
