import { type Given, known, mapGiven } from '../../syntax/compose/given.ts';
import { type Layers, last, under } from './layers.ts';
import type { ComposeNetwork, ComposeVolume } from './project.ts';
import { absolutePath, isOn, type Reading, textUnder } from './reading.ts';
import type { Resources } from './resources.ts';

/** Reads the project's `networks`. The network `default` is there without being declared. */
export function readDeclaredNetworks(
  reading: Reading,
  resources: Resources,
  project: Given<string>,
): ReadonlyMap<string, ComposeNetwork> {
  const networks = new Map<string, ComposeNetwork>();
  for (const [key, layers] of resources.networks) {
    const span = layers[0]?.at;
    if (!span) continue;
    const { name, isExternal } = identity(reading, layers, key, project);
    const driver = textUnder(reading, layers, 'driver');
    const isInternal = isOn(textUnder(reading, layers, 'internal'));
    networks.set(key, { key, span, name, isExternal, isInternal, ...(driver && { driver }) });
  }
  if (!networks.has('default')) {
    const name = mapGiven(project, (text) => `${text}_default`, '');
    networks.set('default', {
      key: 'default',
      name,
      isExternal: known(false, project.span),
      isInternal: false,
    });
  }
  return networks;
}

/** Reads the project's `volumes`. */
export function readDeclaredVolumes(
  reading: Reading,
  resources: Resources,
  project: Given<string>,
): ReadonlyMap<string, ComposeVolume> {
  const volumes = new Map<string, ComposeVolume>();
  for (const [key, layers] of resources.volumes) {
    const span = layers[0]?.at;
    if (!span) continue;
    const driver = textUnder(reading, layers, 'driver');
    const options = under(layers, 'driver_opts');
    const bind = bindOf(reading, options);
    volumes.set(key, {
      key,
      span,
      ...identity(reading, layers, key, project),
      ...(driver && { driver }),
      ...(bind && { bind }),
      isSpecial: options.length > 0 && !bind,
    });
  }
  return volumes;
}

/** A volume of the local driver that is a directory of the machine. https://docs.docker.com/reference/cli/docker/volume/create/#opt */
function bindOf(reading: Reading, options: Layers): Given<string> | undefined {
  const flags = textUnder(reading, options, 'o');
  const device = textUnder(reading, options, 'device');
  if (!device || flags?.kind !== 'known' || !/\br?bind\b/.test(flags.value)) return undefined;
  return absolutePath(device, last(options)?.directory ?? '/');
}

/** `external: true`, or `external: { name: x }` of long ago. */
function identity(
  reading: Reading,
  layers: Layers,
  key: string,
  project: Given<string>,
): { readonly name: Given<string>; readonly isExternal: Given<boolean> } {
  const external = last(under(layers, 'external'));
  const isMap = external?.node.kind === 'map';
  const text = external && !isMap ? textUnder(reading, layers, 'external') : undefined;
  const at = external?.at ?? layers[0]?.at ?? project.span;
  const isExternal: Given<boolean> = text?.kind === 'unknown' ? text : known(isMap || isOn(text), at);
  const named =
    textUnder(reading, layers, 'name') ?? (isMap ? textUnder(reading, [external], 'name') : undefined);
  if (named) return { name: named, isExternal };
  if (isExternal.kind === 'unknown') return { name: isExternal, isExternal };
  const name = isExternal.value ? known(key, at) : mapGiven(project, (text_) => `${text_}_${key}`, '');
  return { name, isExternal };
}
