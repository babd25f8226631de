import { type Given, known, mapGiven, partOf, unknown, writtenText } from '../../syntax/compose/given.ts';
import { type ComposeScalar, partSpan } from '../../syntax/compose/node.ts';
import { isPath, parseShortVolume } from '../../syntax/compose/volume.ts';
import { itemsOf, type Layer, type Layers, last, under } from './layers.ts';
import { absolutePath, isOn, normalPath, type Reading, textUnder } from './reading.ts';
import type { MountSource, ServiceMount } from './service.ts';

/** So many mounts of a service are read. Real ones have dozens, and each path is looked for in all of them. */
const MAX_MOUNTS = 200;

/** Reads `volumes` and `tmpfs`; of two with one target the later counts. */
export function readMounts(reading: Reading, service: Layers): readonly Given<ServiceMount>[] {
  const mounts = new Map<string, Given<ServiceMount>>();
  const add = (mount: Given<ServiceMount> | undefined): void => {
    if (mount) mounts.set(keyOf(mount), mount);
  };
  const items = [
    ...itemsOf(under(service, 'volumes')).map((item) => ({ item, read: mountOf })),
    ...itemsOf(under(service, 'tmpfs')).map((item) => ({ item, read: tmpfs })),
  ];
  for (const { item, read } of items.slice(0, MAX_MOUNTS)) add(read(reading, item));
  const beyond = items[MAX_MOUNTS]?.item.node.span;
  if (beyond) reading.doubt(`it has more than ${MAX_MOUNTS} mounts, and the others are not read`, beyond);
  return [...mounts.values()];
}

function keyOf(mount: Given<ServiceMount>): string {
  if (mount.kind === 'known' && mount.value.target.kind === 'known') return mount.value.target.value;
  return `${mount.span.source.path}:${mount.span.start}`;
}

function mountOf(reading: Reading, item: Layer): Given<ServiceMount> | undefined {
  const { node } = item;
  switch (node.kind) {
    case 'scalar':
      return node.isNull ? undefined : shortMount(node, item.directory);
    case 'map':
      return longMount(reading, item);
    default:
      reading.complain('a volume must be a word or a map', node.span);
      return undefined;
  }
}

function shortMount({ text, span }: ComposeScalar, directory: string): Given<ServiceMount> {
  const written = writtenText(text);
  const parts = parseShortVolume(written);
  if (!parts) return unknown(`"${written}" is not a volume`, span, written);
  const part = (piece: { text: string; start: number }): Given<string> =>
    partOf(piece.text, text, partSpan(span, written, piece.start, piece.start + piece.text.length));
  const target = containerPath(part(parts.target));
  const isReadOnly = parts.options.includes('ro');
  const { source } = parts;
  // A variable at the start decides whether it is a path or a volume; as a path it is just as unknown.
  if (source && (isPath(source.text) || source.text.startsWith('${'))) {
    const path = absolutePath(part(source), directory);
    return known({ target, isReadOnly, from: { kind: 'bind', path, creates: true } }, span);
  }
  if (source?.text.includes('${')) return unknown('the name of its volume is not known', span, written);
  const isBare = parts.options.includes('nocopy');
  return known({ target, isReadOnly, from: { kind: 'volume', volume: source?.text, isBare } }, span);
}

function longMount(reading: Reading, item: Layer): Given<ServiceMount> {
  const { span } = item.node;
  const text = (key: string): Given<string> | undefined => textUnder(reading, [item], key);
  const target = text('target');
  const type = text('type');
  if (!target) return unknown('the volume has no target', span);
  if (type?.kind === 'unknown') return type;
  const isReadOnly = isOn(text('read_only'));
  const from = sourceOf(reading, item, type?.value ?? 'volume');
  return from.kind === 'unknown'
    ? from
    : known({ target: containerPath(target), isReadOnly, from: from.value }, span);
}

function sourceOf(reading: Reading, item: Layer, type: string): Given<MountSource> {
  const { span } = item.node;
  const source = textUnder(reading, [item], 'source');
  switch (type) {
    case 'bind': {
      if (!source) return unknown('the bind mount has no source', span);
      const bind = last(under([item], 'bind'));
      const creates = isOn(bind && textUnder(reading, [bind], 'create_host_path'));
      return known({ kind: 'bind', path: absolutePath(source, item.directory), creates }, span);
    }
    case 'volume': {
      if (source?.kind === 'unknown') return source;
      const options = under([item], 'volume');
      const subpath = textUnder(reading, options, 'subpath');
      const isBare = isOn(textUnder(reading, options, 'nocopy'));
      return known({ kind: 'volume', volume: source?.value, ...(subpath && { subpath }), isBare }, span);
    }
    case 'tmpfs':
      return known({ kind: 'tmpfs' }, span);
    default:
      return known({ kind: 'other', type }, span);
  }
}

/** `tmpfs: /run:size=64m`. */
function tmpfs(reading: Reading, { node }: Layer): Given<ServiceMount> | undefined {
  if (node.kind !== 'scalar') {
    reading.complain('tmpfs must be a list of paths', node.span);
    return undefined;
  }
  const target = mapGiven(node.text, (text) => text.split(':')[0], 'it is not a path');
  return known({ target: containerPath(target), isReadOnly: false, from: { kind: 'tmpfs' } }, node.span);
}

/** Docker takes only absolute paths in a container. */
function containerPath(path: Given<string>): Given<string> {
  return mapGiven(
    path,
    (text) => (text.startsWith('/') ? normalPath(text) : undefined),
    'it is not an absolute path',
  );
}
