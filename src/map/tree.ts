import { paintOf } from '../report/paint.ts';
import { wrap } from '../report/wrap.ts';
import { type Branch, faultTwigs, note, on } from './branch.ts';
import type {
  ContainerNode,
  Destination,
  Graph,
  HostNode,
  ListenerNode,
  LocationNode,
  ServerNode,
} from './graph.ts';
import { legend } from './legend.ts';
import { listenerTwig, passTwig } from './pass-twigs.ts';
import { placesOf } from './places.ts';
import { type Twig, treeLines } from './twigs.ts';
import { hostText, notDrawn, serverText } from './words.ts';

/** How the tree is to look. */
export interface TreeStyle {
  readonly colors: boolean;
  /** The width of the terminal, in cells. */
  readonly columns: number;
}

/** The map for people: a tree for each host, then how many passes fare how. */
export function tree(graph: Graph, { colors, columns }: TreeStyle): string {
  const paint = paintOf(colors);
  const titles = new Map(graph.hosts.map(({ id, title }) => [id, title]));
  const blocks = graph.hosts.map((host) => treeLines(hostTwig(host, titles), columns, paint));
  const rest = notDrawn(graph);
  const end = [...legend(graph, columns, paint), ...(rest === '' ? [] : wrap(rest, columns))];
  return [...blocks, end].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function hostTwig(host: HostNode, titles: ReadonlyMap<string, string>): Twig {
  const branch = {
    places: placesOf(host.root),
    hostId: host.id,
    drawn: new Set<Destination | ListenerNode>(),
  };
  const { title, root, container, listeners } = host;
  return {
    text: hostText(host),
    look: 'strong',
    ...(container ? branch.places.at(container.place) : !title.endsWith(root) && { place: root }),
    twigs: [
      ...networkTwigs(container),
      ...faultTwigs(host.faults, branch),
      ...host.servers.map((server) => serverTwig(server, branch)),
      ...listeners.flatMap((listener) => heardTwig(listener, titles, branch)),
      ...(listeners.length + host.faults.length === 0 ? nobodyTwigs(container) : []),
    ],
  };
}

function networkTwigs(container: ContainerNode | undefined): readonly Twig[] {
  const { networks = [] } = container ?? {};
  if (networks.length === 0) return [];
  const text = `in the ${networks.length === 1 ? 'network' : 'networks'} ${networks.join(', ')}`;
  return [{ text, look: 'dim', twigs: [] }];
}

/** A container in which nobody is known to listen. */
function nobodyTwigs(container: ContainerNode | undefined): readonly Twig[] {
  if (!container) return [];
  return container.isOpen
    ? [note('unknown', 'it is not known what listens here')]
    : [{ text: 'nothing that was read listens here', look: 'dim', twigs: [] }];
}

/** Who listens for other hosts, or for nobody: those whom the host's own nginx dials stand where it does. */
function heardTwig(
  listener: ListenerNode,
  titles: ReadonlyMap<string, string>,
  branch: Branch,
): readonly Twig[] {
  const { dialedBy, kind } = listener;
  if (dialedBy.has(branch.hostId) || (kind === 'nginx' && dialedBy.size === 0)) return [];
  const twig = listenerTwig(listener, '', branch);
  const by = [...dialedBy].map((id) => titles.get(id) ?? id);
  const from: Twig =
    by.length === 0
      ? { text: 'nothing that was read sends requests here', look: 'dim', twigs: [] }
      : { text: `requests come from ${by.join(' and ')}`, twigs: [] };
  return [{ ...twig, twigs: [from, ...twig.twigs] }];
}

function serverTwig(server: ServerNode, branch: Branch): Twig {
  const { place, faults, locations } = server;
  const inside = on(place, branch);
  const silent: Twig = { text: 'passes nothing on', look: 'dim', twigs: [] };
  return {
    text: serverText(server),
    look: 'strong',
    ...branch.places.at(place),
    twigs: [
      ...faultTwigs(faults, inside),
      ...locations.map((location) => locationTwig(location, inside)),
      ...(locations.length === 0 ? [silent] : []),
    ],
  };
}

function locationTwig(location: LocationNode, branch: Branch): Twig {
  const { pattern, place, faults, passes, locations } = location;
  const inside = on(place, branch);
  return {
    text: `location ${pattern}`,
    ...branch.places.at(place),
    twigs: [
      ...faultTwigs(faults, inside),
      ...passes.map((pass) => passTwig(pass, inside)),
      ...locations.map((inner) => locationTwig(inner, inside)),
    ],
  };
}
