import { isIP } from 'node:net';
import { parse } from 'yaml';
import { planFor } from '../load.ts';
import type { App, Tree } from '../plan.ts';
import { type Scenario, ScenarioError, type Story } from '../scenario.ts';
import { textOf } from './compose/file.ts';
import { mapping, text, texts } from './compose/values.ts';
import type { HostPlan, NetworkPlan } from './plan.ts';

/** One host that `no502.yaml` names. */
export interface DeclaredHost {
  readonly name: string;
  /** The directory that plays its `/`, without a slash at its end. */
  readonly root: string;
  readonly addresses: readonly string[];
  /** Names under which the others find it, as a name server of the network would tell. */
  readonly names: readonly string[];
}

/** The hosts that the `no502.yaml` of a repository names; none where it names none. */
export function declaredHosts(repository: Tree): readonly DeclaredHost[] {
  const { hosts } = mapping(parse(textOf(repository, 'no502.yaml') ?? ''));
  return Object.entries(mapping(hosts)).map(([name, value]) => {
    const { root, addresses } = mapping(value);
    const said = texts(addresses);
    return {
      name,
      root: `/${text(root) ?? name}`.replace(/\/$/, ''),
      addresses: said.filter((word) => isIP(word) > 0),
      names: said.filter((word) => isIP(word) === 0),
    };
  });
}

/** The network on which all hosts are: every address is looked for on it. */
const SEGMENT = { name: 'lan', gateway: '192.0.2.1', prefix: 0 } as const;

/** A network of the hosts that `no502.yaml` names. Visitors of a name that is no host's come to the first host. */
export function machinesPlan(repository: Tree, scenario: Scenario): NetworkPlan {
  const hosts = declaredHosts(repository);
  const addressOf = ({ addresses }: DeclaredHost): string => {
    const [first] = addresses;
    if (first === undefined) throw new ScenarioError('a host needs an address');
    return first;
  };
  const [entry] = hosts;
  if (!entry) throw new ScenarioError('no502.yaml names no hosts');
  return {
    networks: [SEGMENT],
    volumes: [],
    hosts: hosts.map((host) => hostPlan(host, hosts, repository, scenario)),
    published: [],
    requests: scenario.requests.map(({ plan }) => {
      const name = new URL(plan.url).hostname;
      return { ...plan, address: addressOf(hosts.find((host) => host.name === name) ?? entry) };
    }),
  };
}

function hostPlan(
  host: DeclaredHost,
  hosts: readonly DeclaredHost[],
  repository: Tree,
  scenario: Scenario,
): HostPlan {
  const below = `${host.root}/`;
  const tree = new Map(
    [...repository].flatMap(([path, entry]) =>
      path.startsWith(below) ? [[path.slice(host.root.length), entry] as const] : [],
    ),
  );
  const hostsFile = tree.get('/etc/hosts');
  if (hostsFile?.kind === 'file') {
    const lines = hosts.flatMap(({ names, addresses }) =>
      names.map((name) => `${addresses[0] ?? ''} ${name}\n`),
    );
    tree.set('/etc/hosts', { ...hostsFile, text: `${hostsFile.text}${lines.join('')}` });
  }
  const story: Story = {
    ...scenario,
    apps: scenario.apps.flatMap((app) => appOn(host, app)),
    addresses: [],
    boot: scenario.boot.flatMap(([path, target]) => {
      if (!path.startsWith(below)) return [];
      const own = path.slice(host.root.length);
      return [target === undefined ? ([own] as const) : ([own, target] as const)];
    }),
    requests: [],
  };
  return {
    name: host.name,
    link: { kind: 'own', interfaces: [{ network: SEGMENT.name, addresses: host.addresses }] },
    body: { kind: 'machine', plan: planFor(tree, story, story) },
  };
}

/** `app: web1/api http *:3000` is the app `api` of the host web1. */
function appOn(host: DeclaredHost, app: App): readonly App[] {
  const [name, own] = app.name.split('/');
  return name === host.name && own !== undefined ? [{ ...app, name: own }] : [];
}
