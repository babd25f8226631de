import type { Host } from '../model/host.ts';
import { addressText } from '../model/links/address.ts';
import type { Link } from '../model/links/link.ts';
import type { Block } from '../model/nginx/block.ts';
import type { Pass } from '../model/nginx/pass.ts';
import { type Location, type Server, visitorsOf } from '../model/nginx/server.ts';
import type { Directive } from '../syntax/nginx/tree.ts';
import type { Span } from '../syntax/source.ts';
import type { Destinations } from './destinations.ts';
import { directiveSpan, type FaultIndex } from './faults.ts';
import type { Destination, Fault, LocationNode, PassNode, ServerNode } from './graph.ts';
import { destinationState, worst, worstOf } from './state.ts';

/** The servers of a host with the locations that pass requests on. `nextId` numbers those of all hosts. */
export function serverNodes(
  host: Host,
  faults: FaultIndex,
  destinations: Destinations,
  nextId: () => string,
): readonly ServerNode[] {
  const byLocation = new Map<Block, Link[]>();
  for (const link of host.links) {
    const { block } = link.pass.location;
    const known = byLocation.get(block);
    if (known) known.push(link);
    else byLocation.set(block, [link]);
  }

  function locationNodes(locations: readonly Location[], visitors: Visitors): readonly LocationNode[] {
    return locations.flatMap((location) => {
      const links = byLocation.get(location.block) ?? [];
      const inner = locationNodes(location.locations, visitors);
      if (links.length + inner.length === 0) return [];
      const passes = new Set(links.map(({ pass }) => pass.directive));
      const around = blockFaults(location.block, faults, passes, visitors);
      return [
        {
          pattern: wordsOf(location.block),
          ...placeOf(location.block),
          faults: around,
          passes: links.map((link) => passNode(link, around, visitors)),
          locations: inner,
        },
      ];
    });
  }

  function passNode(link: Link, around: readonly Fault[], visitors: Visitors): PassNode {
    const { pass, why } = link;
    const { directive, word, protocol, block, location, unreachable } = pass;
    const own = faults.on(directiveSpan(directive), visitors);
    const to = destinations.of(link);
    const known = to.addresses.length === 0 ? 'unknown' : destinationState(to.addresses);
    return {
      directive: directive.name,
      target: word.value,
      protocol,
      ...(block !== location.block && { within: `${block.directive?.name ?? ''} ${wordsOf(block)}` }),
      place: directiveSpan(directive),
      state: stateOf(pass, [...around, ...own, ...to.faults], known, to),
      ...(to.addresses.length === 0 && why !== undefined && { why }),
      ...(unreachable !== undefined && { unused: unreachable }),
      faults: own,
      to,
    };
  }

  return (host.nginx?.servers ?? []).map((server) => {
    const [visitors] = visitorsOf([server]);
    return {
      id: nextId(),
      names: namesOf(server),
      listens: server.listens.map(({ address, tls }) => `${addressText(address)}${tls ? ' (TLS)' : ''}`),
      ...placeOf(server.block),
      faults: blockFaults(server.block, faults, new Set(), visitors),
      locations: locationNodes(server.locations, visitors),
    };
  });
}

/** Whom the failures of a server hit, as findings name them. */
type Visitors = string | undefined;

/** An address that nobody answers may be less than an error: the findings on the pass say so. */
function stateOf(
  { target }: Pass,
  faults: readonly Fault[],
  known: ReturnType<typeof destinationState>,
  { addresses }: Destination,
): PassNode['state'] {
  const said = worstOf(faults);
  const isMissing = target.kind === 'address' && addresses.every(({ listeners }) => listeners.length === 0);
  return isMissing && known === 'broken' && said === 'at-risk' ? said : worst([said, known]);
}

function namesOf({ names }: Server): readonly string[] {
  return names.map(({ value }) => value).filter((name) => name !== '' && name !== '_');
}

function wordsOf({ directive }: Block): string {
  return directive?.args.map(({ value }) => value).join(' ') ?? '';
}

function placeOf({ directive }: Block): { readonly place?: Span } {
  return directive ? { place: directiveSpan(directive) } : {};
}

/** The findings on the lines of a block, those of its passes and of its locations left out. */
function blockFaults(
  block: Block,
  faults: FaultIndex,
  passes: ReadonlySet<Directive>,
  visitors: Visitors,
): readonly Fault[] {
  const found: Fault[] = block.directive ? [...faults.on(directiveSpan(block.directive), visitors)] : [];
  for (const directive of block.directives) {
    if (!directive.block && !passes.has(directive))
      found.push(...faults.on(directiveSpan(directive), visitors));
  }
  for (const inner of block.blocks) {
    if (inner.kind !== 'location') found.push(...blockFaults(inner, faults, passes, visitors));
  }
  return found;
}
