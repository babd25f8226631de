import { type Given, mapGiven } from '../../syntax/compose/given.ts';
import type { Span } from '../../syntax/source.ts';
import { allUnder, itemsOf, type Layer, type Layers, under } from './layers.ts';
import { type Reading, textUnder } from './reading.ts';
import type { NetworkMode, ServiceNetwork } from './service.ts';

/** Reads `network_mode`; `net` is its name in files of long ago, which compose refuses. */
export function readNetworkMode(reading: Reading, service: Layers): Given<NetworkMode> | undefined {
  const text = textUnder(reading, service, 'network_mode');
  return text && mapGiven(text, networkMode, 'it is no network mode');
}

function networkMode(text: string): NetworkMode | undefined {
  if (text === 'none' || text === 'host' || text === 'bridge') return { kind: text };
  const found = /^(service|container):(.+)$/.exec(text);
  if (found) return { kind: found[1] === 'service' ? 'service' : 'container', name: found[2] ?? '' };
  return text === '' ? undefined : { kind: 'network', name: text };
}

/** Reads `networks` of a service: a list of names, or a map with what it is called there. Without it, the service is in `default`. */
export function readNetworks(reading: Reading, service: Layers, span: Span): readonly ServiceNetwork[] {
  const layers = under(service, 'networks');
  const named = new Map<string, { span: Span; layers: Layers }>();
  for (const { node, at, directory } of layers) {
    if (node.kind === 'map') continue;
    for (const { node: item } of itemsOf([{ node, at, directory }])) {
      if (item.kind !== 'scalar') reading.complain('networks must be a list of names', item.span);
      else if (item.text.kind === 'known') named.set(item.text.value, { span: item.span, layers: [] });
      else reading.doubt(`it is in a network that is not known: ${item.text.why}`, item.span);
    }
  }
  for (const [key, below] of allUnder(layers)) {
    named.set(key, { span: named.get(key)?.span ?? below[0]?.at ?? span, layers: below });
  }
  if (named.size === 0 && !isGiven(layers)) return [{ network: 'default', aliases: [], span }];
  return [...named].map(([network, { span: at, layers: below }]) => {
    const ipv4Address = textUnder(reading, below, 'ipv4_address');
    const ipv6Address = textUnder(reading, below, 'ipv6_address');
    return {
      network,
      aliases: textsOf(reading, under(below, 'aliases')),
      ...(ipv4Address && { ipv4Address }),
      ...(ipv6Address && { ipv6Address }),
      span: at,
    };
  });
}

/** An empty `networks` says nothing; one of which every name is unknown does. */
function isGiven(layers: Layers): boolean {
  return itemsOf(layers).length > 0;
}

/** The texts of a list. */
export function textsOf(reading: Reading, layers: Layers): readonly Given<string>[] {
  return itemsOf(layers).flatMap(({ node }: Layer) => {
    if (node.kind === 'scalar') return [node.text];
    reading.complain('this must be a list of words', node.span);
    return [];
  });
}
