import type { Given } from '../../syntax/compose/given.ts';
import type { ComposeProject, ComposeVolume } from '../compose/project.ts';
import type { ComposeService, MountSource, ServiceFile } from '../compose/service.ts';
import type { Root } from '../root.ts';
import type { Layer, Mount } from './layer.ts';

/** What a service lays over its image. */
export interface ServiceMounts {
  readonly mounts: readonly Mount[];
  /** Texts of configs that stand in the compose file. */
  readonly texts: readonly Layer[];
  /** Why some of it is not known where: while this is not empty, a mount may be anywhere. */
  readonly anywhere: readonly string[];
}

/** Reads the mounts of a service: volumes, configs and secrets, and the anonymous volumes of its image. */
export function serviceMounts(
  root: Root,
  project: ComposeProject,
  service: ComposeService,
  imageVolumes: readonly string[],
  normalTarget: (target: string) => string,
): ServiceMounts {
  const mounts: Mount[] = [];
  const texts: Layer[] = [];
  const anywhere: string[] = [];
  const at = (target: Given<string>): string | undefined => {
    if (target.kind === 'known') return normalTarget(target.value);
    anywhere.push(target.why);
    return undefined;
  };
  for (const given of service.volumes) {
    if (given.kind === 'unknown') {
      anywhere.push(given.why);
      continue;
    }
    const target = at(given.value.target);
    if (target !== undefined)
      mounts.push(mountOf(root, project, target, given.value.from, given.value.isReadOnly));
  }
  for (const given of [...service.configs, ...service.secrets]) {
    if (given.kind === 'unknown') anywhere.push(given.why);
    else {
      const target = at(given.value.target);
      if (target !== undefined) addFile(root, target, given.value, mounts, texts);
    }
  }
  const targets = new Set(mounts.map(({ target }) => target));
  for (const volume of imageVolumes)
    if (!targets.has(volume)) mounts.unshift({ kind: 'volume', target: volume });
  return { mounts, texts, anywhere };
}

function mountOf(
  root: Root,
  project: ComposeProject,
  target: string,
  from: MountSource,
  isReadOnly: boolean,
): Mount {
  switch (from.kind) {
    case 'bind':
      return bind(root, target, from.path, isReadOnly);
    case 'tmpfs':
      return { kind: 'empty', target };
    case 'volume': {
      if (from.subpath)
        return { kind: 'unknown', target, why: 'it is a part of a volume', isDirectory: true };
      const { volume } = from;
      if (volume === undefined) return { kind: 'volume', target };
      return volumeMount(root, project, target, volume, project.volumes.get(volume), isReadOnly);
    }
    default:
      return { kind: 'unknown', target, why: `it is a mount of the type ${from.type}`, isDirectory: false };
  }
}

function volumeMount(
  root: Root,
  project: ComposeProject,
  target: string,
  key: string,
  volume: ComposeVolume | undefined,
  isReadOnly: boolean,
): Mount {
  if (volume?.bind) return bind(root, target, volume.bind, isReadOnly);
  const isOwn = !volume || (volume.isExternal.kind === 'known' && !volume.isExternal.value);
  const users = project.services.filter(({ volumes }) =>
    volumes.some(
      (mount) =>
        mount.kind === 'unknown' || (mount.value.from.kind === 'volume' && mount.value.from.volume === key),
    ),
  );
  // Whoever is made first fills a volume that several share.
  if (isOwn && !volume?.isSpecial && users.length === 1) return { kind: 'volume', target };
  return { kind: 'unknown', target, why: `it is in the volume ${key}`, isDirectory: true };
}

function bind(root: Root, target: string, path: Given<string>, isReadOnly: boolean): Mount {
  if (path.kind === 'unknown') return { kind: 'unknown', target, why: path.why, isDirectory: false };
  const found = root.resolve(path.value);
  if (found.kind === 'found') return { kind: 'bind', target, host: found.path, isReadOnly };
  const why = `${root.display(path.value)} is mounted there, and not among the files given`;
  return { kind: 'unknown', target, why, isDirectory: false };
}

function addFile(
  root: Root,
  target: string,
  { content }: ServiceFile,
  mounts: Mount[],
  texts: Layer[],
): void {
  switch (content.kind) {
    case 'file':
      mounts.push(bind(root, target, content.path, true));
      break;
    case 'inline':
      if (content.text.kind === 'unknown') {
        mounts.push({ kind: 'unknown', target, why: content.text.why, isDirectory: false });
      } else {
        const { value, span } = content.text;
        texts.push({ kind: 'text', target, text: value, shown: span.source.file });
      }
      break;
    default:
      mounts.push({ kind: 'unknown', target, why: content.why, isDirectory: false });
  }
}
