import type { RunningContainer } from '../../load/container/program.ts';
import type { HostInput } from '../../load/host-input.ts';
import type { LayoutName } from '../../load/php-layouts.ts';
import { sourceAt } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import { type FoundApps, noApps } from '../apps/app.ts';
import { withGiven } from '../apps/read-apps.ts';
import { confinedNetwork } from '../checks/selinux.ts';
import type { HostFacts } from '../host/facts.ts';
import { parseHostsFile } from '../host/hosts-file.ts';
import { livePorts } from '../host/live-ports.ts';
import { type MemoryFact, readMemory } from '../host/memory.ts';
import { hostNamesAreInFiles } from '../host/name-service.ts';
import { readUsers, type Users } from '../host/users.ts';
import type { UnlinkedHost } from '../host.ts';
import { normalUnixPath } from '../links/address.ts';
import type { LinkFacts } from '../links/link-facts.ts';
import { meantIndex } from '../links/meant-listener.ts';
import { collectSuppressions } from '../suppressions.ts';
import { closedness, knowsAllPools } from './closedness.ts';
import { hostPaths } from './host-paths.ts';
import { listenersOf } from './listeners.ts';
import { assembleMasters, unseenMain } from './masters.ts';
import { assembleNginx } from './nginx.ts';
import { privateTmpOf } from './private-tmp.ts';
import { fileLimitOf } from './unit-limits.ts';
import { type UnreadPart, unreadByNginx } from './unread.ts';

/** A file that was read, with what it was taken for. */
export interface ReadPart {
  readonly file: string;
  readonly as: string;
  /** The compose project to whose services it belongs, by its compose file. */
  readonly project?: string;
}

/** A host as it was read, and the files that could not be. */
export interface ReadHost {
  readonly host: UnlinkedHost;
  /** What must be known to link it, beside its neighbours. */
  readonly linkFacts: LinkFacts;
  /** Every file read, with what it was taken for: made for those who ask. */
  files(): readonly ReadPart[];
  readonly unread: readonly UnreadPart[];
}

/** Reads one host. */
export function readHost(input: HostInput, facts: HostFacts, foundApps: FoundApps = noApps): ReadHost {
  const { root, place, container } = input;
  const nginx = assembleNginx(input, facts.nginxVersion);
  const { masters, complete, unread } = assembleMasters(input, facts.php);
  const hostsFile = parseHostsFile(sourceAt(root, '/etc/hosts'), hostNamesAreInFiles(root));
  const users = readUsers(root);
  const nginxHasPrivateTmp = privateTmpOf('nginx.service', root);
  const nginxFileLimit = fileLimitOf('nginx.service', root);
  const network = confinedNetwork(root);
  const memory = memoryOf(facts, root, container);
  const nginxUser = facts.nginxUser ?? unprivilegedUser(container, users);
  const found = withGiven(facts.apps ?? [], foundApps);
  const { apps } = found;
  const listeners = listenersOf(masters, apps, nginx.kind === 'nginx' ? nginx.nginx.servers : []);
  const allPoolsKnown = complete && knowsAllPools(masters, found);
  return {
    host: {
      name: input.name,
      ...(place && { place }),
      ...(nginx.kind === 'nginx' && { nginx: nginx.nginx }),
      masters,
      mastersComplete: complete,
      ...(users && { users }),
      hostsFile,
      paths: hostPaths(root, layoutsOf(input)),
      ...(nginxHasPrivateTmp !== undefined && { nginxHasPrivateTmp }),
      ...(nginxFileLimit && { nginxFileLimit }),
      ...(network && { confinedNetwork: network }),
      ...(memory && { memory }),
      ...(facts.workerMemoryBytes !== undefined && { workerMemoryBytes: facts.workerMemoryBytes }),
      ...(nginxUser !== undefined && { nginxUser }),
      apps,
      unplacedApps: found.unplaced,
      appsComplete: found.complete,
      livePorts: livePorts(root),
      listeners,
      suppressions: collectSuppressions({
        nginx: nginx.kind === 'nginx' ? nginx.loaded.files.map(({ parsed }) => parsed) : [],
        masters,
        apps,
      }),
    },
    linkFacts: {
      listeners,
      mastersComplete: allPoolsKnown,
      meantAt: meantIndex(masters),
      realSocketPath: (path) => normalUnixPath(root.resolve(path).path),
      isLiveSocket: (path) => isSocket(root, path),
      hostAddresses: (name) => hostsFile.lookup(name).map(({ address }) => address),
      ...closedness(place, found, masters.length === 0 || allPoolsKnown),
    },
    files: () =>
      ofProject(input.project, [
        ...(input.told ?? []),
        ...(nginx.kind === 'nginx' ? nginx.loaded.files : []).map(({ parsed }) => ({
          file: parsed.source.file,
          as: 'nginx',
        })),
        ...masters.flatMap((master) => [
          ...master.files
            .filter(({ path }) => path !== unseenMain)
            .map(({ file }) => ({ file, as: 'php-fpm' })),
          ...(master.phpIni?.files ?? []).map(({ file }) => ({ file, as: 'php.ini' })),
        ]),
        ...found.files,
      ]),
    unread: [...unreadByNginx(nginx, root), ...unread],
  };
}

function ofProject(project: string | undefined, files: readonly ReadPart[]): readonly ReadPart[] {
  return project === undefined ? files : files.map((each) => ({ ...each, project }));
}

/** A container has no more than its limit, whatever the machine has. */
function memoryOf(
  { memoryBytes }: HostFacts,
  root: Root,
  container: RunningContainer | undefined,
): MemoryFact | undefined {
  const ofHost: MemoryFact | undefined =
    memoryBytes === undefined
      ? readMemory(root)
      : { bytes: memoryBytes, from: 'given', label: 'the memory given' };
  const limit = container?.memoryLimit;
  if (!limit || (ofHost && ofHost.bytes <= limit.bytes)) return ofHost;
  return {
    bytes: limit.bytes,
    from: 'cgroup',
    label: `the memory limit of the service ${container.name}`,
    span: limit.span,
  };
}

/** nginx that root does not start cannot change its user. Compose names one by name or number, with a group behind a colon. */
function unprivilegedUser(
  container: RunningContainer | undefined,
  users: Users | undefined,
): string | undefined {
  const { user } = container ?? {};
  if (user?.kind !== 'known') return undefined;
  const [name = ''] = user.value.split(':');
  if (name === '' || name === 'root' || name === '0') return undefined;
  return /^\d+$/.test(name) ? (users?.userById(Number(name))?.name ?? name) : name;
}

function isSocket(root: Root, path: string): boolean {
  const resolved = root.resolve(path);
  return resolved.kind === 'found' && resolved.status.kind === 'socket';
}

function layoutsOf({ masters, poolFiles }: HostInput): readonly LayoutName[] {
  const layouts = masters.map(({ layout }) => layout);
  return poolFiles.length === 0 ? layouts : [...layouts, 'custom'];
}
