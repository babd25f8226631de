import { isInside, withoutTrailingSlashes } from '../path-resolver.ts';
import type { ComposeProject } from './project.ts';
import type { ComposeService, ServiceMount } from './service.ts';

/** A path of one container as another sees it. */
export interface SharedWith {
  readonly service: ComposeService;
  readonly path: string;
}

/** Where other services of a project see what lies at a path of one: both mount the same volume or the same directory there. */
export function sharedPaths(
  path: string,
  service: ComposeService,
  project: Pick<ComposeProject, 'services' | 'volumes'>,
): readonly SharedWith[] {
  const place = placeOf(path, service, project);
  if (place === undefined) return [];
  return project.services
    .filter((other) => other.isStarted && other !== service)
    .flatMap((other) =>
      mountsOf(other, project).flatMap(({ target, from }) =>
        isInside(place, from) ? [{ service: other, path: target + place.slice(from.length) }] : [],
      ),
    );
}

/** True where the whole of a path's mount is known: `undefined` means that the path is the container's own. */
function mountAt(
  path: string,
  service: ComposeService,
  project: Pick<ComposeProject, 'volumes'>,
): KnownMount | undefined {
  return mountsOf(service, project)
    .filter(({ target }) => isInside(path, target))
    .sort((one, other) => other.target.length - one.target.length)[0];
}

function placeOf(
  path: string,
  service: ComposeService,
  project: Pick<ComposeProject, 'volumes'>,
): string | undefined {
  const mount = mountAt(path, service, project);
  return mount && mount.from + path.slice(mount.target.length);
}

/** A mount of which both ends are known. */
export interface KnownMount {
  /** Normal path in the container. */
  readonly target: string;
  /** What is mounted, so that the same is equal: a path of the machine, or a volume and a path in it. */
  readonly from: string;
}

function mountsOf(
  { volumes }: ComposeService,
  project: Pick<ComposeProject, 'volumes'>,
): readonly KnownMount[] {
  return volumes.flatMap((given) => {
    if (given.kind === 'unknown' || given.value.target.kind === 'unknown') return [];
    const from = sourceOf(given.value, project);
    return from === undefined ? [] : [{ target: normalTarget(given.value.target.value), from }];
  });
}

function sourceOf({ from }: ServiceMount, { volumes }: Pick<ComposeProject, 'volumes'>): string | undefined {
  switch (from.kind) {
    case 'bind':
      return from.path.kind === 'known' ? from.path.value : undefined;
    case 'volume': {
      if (from.volume === undefined || from.subpath?.kind === 'unknown') return undefined;
      const { bind } = volumes.get(from.volume) ?? {};
      if (bind?.kind === 'unknown') return undefined;
      const top = bind?.value ?? `volume:${from.volume}`;
      return from.subpath ? `${top}/${from.subpath.value}` : top;
    }
    case 'tmpfs':
    case 'other':
      return undefined;
    default:
      return from satisfies never;
  }
}

/** Without a slash at its end, and with `/var/run` as the link to `/run` that every image has. */
function normalTarget(target: string): string {
  const plain = withoutTrailingSlashes(target) || '/';
  return plain === '/var/run' || plain.startsWith('/var/run/') ? plain.slice('/var'.length) : plain;
}
