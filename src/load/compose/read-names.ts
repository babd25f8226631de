import { type Given, known, mapGiven } from '../../syntax/compose/given.ts';
import { allUnder, itemsOf, type Layers, under } from './layers.ts';
import { textsOf } from './read-networks.ts';
import { isOn, pairsOf, type Reading, textUnder } from './reading.ts';
import type { Dependency, ExtraHost, ServiceLink } from './service.ts';

/** Reads `links` or `external_links`: `database` or `database:db`. */
export function readLinks(
  reading: Reading,
  service: Layers,
  key: 'links' | 'external_links',
): readonly Given<ServiceLink>[] {
  return textsOf(reading, under(service, key)).map((text) => mapGiven(text, linkOf, 'it is no link'));
}

function linkOf(text: string): ServiceLink | undefined {
  const [target = '', alias = target, ...rest] = text.split(':');
  return target === '' || alias === '' || rest.length > 0 ? undefined : { target, alias };
}

/** Reads `extra_hosts`: `name=address`, `name:address`, or a map; addresses of IPv6 may stand in brackets. */
export function readExtraHosts(reading: Reading, service: Layers): readonly Given<ExtraHost>[] {
  const pairs = pairsOf(reading, under(service, 'extra_hosts'), 'extra_hosts', ['=', ':']);
  return pairs.flatMap(({ name, value, span }) => {
    if (value) {
      return [mapGiven(value, (text) => ({ name, address: text.trim().replace(/^\[(.*)\]$/, '$1') }), '')];
    }
    reading.complain(`"${name}" of extra_hosts has no address`, span);
    return [];
  });
}

/** Reads `depends_on`: a list of services, or a map with what must have happened to them. */
export function readDependencies(reading: Reading, service: Layers): readonly Dependency[] {
  const layers = under(service, 'depends_on');
  const found = new Map<string, Dependency>();
  for (const { node } of itemsOf(layers)) {
    if (node.kind !== 'scalar') reading.complain('depends_on must be a list of services', node.span);
    else if (node.text.kind === 'known') {
      const condition = known('service_started', node.span);
      found.set(node.text.value, { service: node.text.value, condition, isRequired: true, span: node.span });
    }
  }
  for (const [key, below] of allUnder(layers)) {
    const span = below[0]?.at;
    if (!span) continue;
    const required = textUnder(reading, below, 'required');
    found.set(key, {
      service: key,
      condition: textUnder(reading, below, 'condition') ?? known('service_started', span),
      isRequired: required === undefined || isOn(required),
      span,
    });
  }
  return [...found.values()];
}
