import { type Given, known, unknown } from '../../syntax/compose/given.ts';
import type { Span } from '../../syntax/source.ts';
import { itemsOf, type Layer, type Layers, under } from './layers.ts';
import { isOn, normalPath, pathUnder, type Reading, textUnder } from './reading.ts';
import type { FileContent, ServiceFile } from './service.ts';

/** Where short forms put a file. */
const DIRECTORY = { configs: '', secrets: '/run/secrets' } as const;

/**
 * Reads `configs` or `secrets` of a service, with what the project says of each. Of two with one target the later counts.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/05-services.md#configs
 */
export function readFiles(
  reading: Reading,
  service: Layers,
  kind: 'configs' | 'secrets',
  declared: ReadonlyMap<string, Layers>,
): readonly Given<ServiceFile>[] {
  const files = new Map<string, Given<ServiceFile>>();
  for (const item of itemsOf(under(service, kind))) {
    const file = fileOf(reading, item, kind, declared);
    const isKnown = file.kind === 'known' && file.value.target.kind === 'known';
    files.set(isKnown ? file.value.target.value : `${file.span.source.path}:${file.span.start}`, file);
  }
  return [...files.values()];
}

function fileOf(
  reading: Reading,
  item: Layer,
  kind: 'configs' | 'secrets',
  declared: ReadonlyMap<string, Layers>,
): Given<ServiceFile> {
  const { node } = item;
  const { span } = node;
  const source = node.kind === 'scalar' ? node.text : textUnder(reading, [item], 'source');
  if (!source) return unknown('it has no source', span);
  if (source.kind === 'unknown') return source;
  const name = source.value;
  const target = node.kind === 'map' ? textUnder(reading, [item], 'target') : undefined;
  const content = contentOf(reading, declared.get(name), name);
  return known({ name, target: targetPath(target, kind, name, span), content }, span);
}

function targetPath(
  target: Given<string> | undefined,
  kind: 'configs' | 'secrets',
  name: string,
  span: Span,
): Given<string> {
  if (!target) return known(`${DIRECTORY[kind]}/${name}`, span);
  if (target.kind === 'unknown') return target;
  const { value } = target;
  return known(normalPath(value.startsWith('/') ? value : `${DIRECTORY[kind]}/${value}`), target.span);
}

function contentOf(reading: Reading, layers: Layers | undefined, name: string): FileContent {
  if (!layers) return { kind: 'elsewhere', why: `the project does not declare "${name}"` };
  const text = textUnder(reading, layers, 'content');
  if (text) return { kind: 'inline', text };
  const path = pathUnder(reading, layers, 'file');
  if (path) return { kind: 'file', path };
  const isExternal = isOn(textUnder(reading, layers, 'external'));
  return { kind: 'elsewhere', why: isExternal ? 'it is made elsewhere' : 'it comes from the environment' };
}
