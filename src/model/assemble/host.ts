import type { RunningContainer } from '../../load/container/program.ts';
import type { HostInput } from '../../load/host-input.ts';
import type { NetworkPlace } from '../../load/network-place.ts';
import { BLOCKS_DEEP } from '../../load/nginx-include.ts';
import type { LayoutName } from '../../load/php-layouts.ts';
import type { Root } from '../../load/root.ts';
import { type FoundApps, noApps, type UnplacedApp } from '../apps/app.ts';
import { withGiven } from '../apps/read-apps.ts';
import { confinedNetwork } from '../checks/selinux.ts';
import type { Master } from '../fpm/master.ts';
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
import { hostPaths } from './host-paths.ts';
import { listenersOf } from './listeners.ts';
import { assembleMasters, unseenMain } from './masters.ts';
import { type AssembledNginx, assembleNginx } from './nginx.ts';
import { privateTmpOf } from './private-tmp.ts';
import { fileLimitOf } from './unit-limits.ts';

/** A host as it was read, and the files that could not be. */
export interface ReadHost {
  readonly host: UnlinkedHost;
  /** What must be known to link it, beside its neighbours. */
  readonly linkFacts: LinkFacts;
  /** Every file read, with what it was taken for. */
  readonly files: readonly { readonly file: string; readonly as: string }[];
  readonly unread: readonly { readonly file: string; readonly message: string }[];
}

/** Reads one host. */
export function readHost(input: HostInput, facts: HostFacts, foundApps: FoundApps = noApps): ReadHost {
  const { root, place, container } = input;
  const nginx = assembleNginx(input, facts.nginxVersion);
  const { masters, complete, unread } = assembleMasters(input, facts.php);
  const hostsSource = root.read('/etc/hosts');
  const hostsFile = parseHostsFile(
    hostsSource.kind === 'read' ? hostsSource.source : undefined,
    hostNamesAreInFiles(root),
  );
  const users = readUsers(root);
  const nginxHasPrivateTmp = privateTmpOf('nginx.service', root);
  const nginxFileLimit = fileLimitOf('nginx.service', root);
  const network = confinedNetwork(root);
  const memory = memoryOf(facts, root, container);
  const nginxUser = facts.nginxUser ?? unprivilegedUser(container, users);
  const found = withGiven(facts.apps ?? [], foundApps);
  const { apps } = found;
  const listeners = listenersOf(masters, apps, nginx.kind === 'nginx' ? nginx.nginx.servers : []);
  // Where one pool's address is not known, it may be any that is dialed.
  const knowsAllPools = complete && !masters.some(hasUnknownListen) && !found.unplaced.some(maySpeakFastcgi);
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
      mastersComplete: knowsAllPools,
      meantAt: meantIndex(masters),
      realSocketPath: (path) => normalUnixPath(root.resolve(path).path),
      isLiveSocket: (path) => isSocket(root, path),
      hostAddresses: (name) => hostsFile.lookup(name).map(({ address }) => address),
      ...closedness(place, found, masters.length === 0 || knowsAllPools),
    },
    files: [
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
    ],
    unread: [...unreadByNginx(nginx, root), ...unread],
  };
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
  return { bytes: limit.bytes, from: 'cgroup', label: `the memory limit of the service ${container.name}` };
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

/**
 * Whether anybody may listen that is not known. In a container that is its one program; on a machine, only its user can say
 * that the apps which are named are all.
 */
function closedness(
  place: NetworkPlace | undefined,
  { apps, unplaced, complete }: FoundApps,
  knowsAllPools: boolean,
): Pick<LinkFacts, 'isClosed' | 'closedUnless'> {
  if (!place || !knowsAllPools || unplaced.length > 0) return { isClosed: false };
  const doubt = apps.find((app) => app.doubt !== undefined)?.doubt;
  if (place.kind === 'machine') {
    if (apps.length === 0) return { isClosed: false };
    const isTold = complete || apps.some(({ declaredBy }) => declaredBy === undefined);
    return doubt === undefined && isTold
      ? { isClosed: true }
      : { isClosed: false, closedUnless: doubt ?? 'an app that is not declared listens there' };
  }
  if (!place.isClosed) return { isClosed: false };
  return doubt === undefined ? { isClosed: true } : { isClosed: false, closedUnless: doubt };
}

function isSocket(root: Root, path: string): boolean {
  const resolved = root.resolve(path);
  return resolved.kind === 'found' && resolved.status.kind === 'socket';
}

function layoutsOf({ masters, poolFiles }: HostInput): readonly LayoutName[] {
  const layouts = masters.map(({ layout }) => layout);
  return poolFiles.length === 0 ? layouts : [...layouts, 'custom'];
}

/** A program that is started for CGI or PHP and does not tell where it listens. php-fpm is read from its own files. */
function maySpeakFastcgi({ name, span }: UnplacedApp): boolean {
  const command = span?.source.text.slice(span.start, span.end) ?? '';
  return /php-?cgi|spawn-fcgi|fcgi|fastcgi|hhvm/i.test(`${name} ${command}`);
}

function hasUnknownListen({ pools }: Master): boolean {
  return pools.some(({ listenAddress }) => listenAddress?.kind === 'unknown');
}

/** Files of nginx that are there and could not be read: of what stands in them nothing is known. */
function unreadByNginx(nginx: AssembledNginx, root: Root): ReadHost['unread'] {
  switch (nginx.kind) {
    case 'none':
      return [];
    case 'unread':
      return [nginx.failure];
    case 'nginx': {
      const failed = [...nginx.loaded.includes.values()].flatMap((found) =>
        found.kind === 'files' ? found.failed : [found],
      );
      const unread = failed.flatMap((each) =>
        each.kind === 'unread' && each.isThere ? [{ file: root.display(each.path), message: each.why }] : [],
      );
      const message = `blocks that stand more than ${BLOCKS_DEEP} deep inside of each other are not judged`;
      return [
        ...unread,
        ...nginx.loaded.tooDeep.map(({ parsed }) => ({ file: parsed.source.file, message })),
      ];
    }
    default:
      return nginx satisfies never;
  }
}
