import { paintOf } from '../report/paint.ts';
import { wrap } from '../report/wrap.ts';
import type { Span } from '../syntax/source.ts';
import type {
  AddressNode,
  Destination,
  Fault,
  Graph,
  HostNode,
  ListenerNode,
  LocationNode,
  PassNode,
  ServerNode,
  State,
} from './graph.ts';
import { legend } from './legend.ts';
import type { Mark } from './marks.ts';
import { type Places, placesOf } from './places.ts';
import { type Twig, treeLines } from './twigs.ts';
import { faultText, listenerText, notDrawn, serverText, withoutArticle } from './words.ts';

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

/** Where in the drawing something hangs. */
interface Branch {
  readonly places: Places;
  /** The id of the host that is drawn. */
  readonly hostId: string;
  /** The destinations that are drawn already. */
  readonly drawn: Set<Destination>;
}

function on(place: Span | undefined, branch: Branch): Branch {
  return { ...branch, places: branch.places.below(place) };
}

function hostTwig(host: HostNode, titles: ReadonlyMap<string, string>): Twig {
  const branch = { places: placesOf(host.root), hostId: host.id, drawn: new Set<Destination>() };
  return {
    text: withoutArticle(host.title),
    look: 'strong',
    ...(!host.title.endsWith(host.root) && { place: host.root }),
    twigs: [
      ...host.faults.map((fault) => faultTwig(fault, branch)),
      ...host.servers.map((server) => serverTwig(server, branch)),
      ...host.listeners.flatMap((listener) => heardTwig(listener, titles, branch)),
    ],
  };
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
      ...faults.map((fault) => faultTwig(fault, inside)),
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
      ...faults.map((fault) => faultTwig(fault, inside)),
      ...passes.map((pass) => passTwig(pass, inside)),
      ...locations.map((inner) => locationTwig(inner, inside)),
    ],
  };
}

/** A destination with more addresses than this is drawn once for each host. */
const REPEATED_MAX = 3;

function passTwig(pass: PassNode, branch: Branch): Twig {
  const { directive, target, within, place, state, unused, why, faults, to } = pass;
  const inside = on(place, branch);
  const mark = unused === undefined ? markOf(state) : 'unused';
  const isAgain = branch.drawn.has(to) && to.addresses.length > REPEATED_MAX;
  branch.drawn.add(to);
  return {
    ...(mark && { mark }),
    text: [directive, target, ...(within === undefined ? [] : [`in ${within}`])].join(' '),
    ...(unused !== undefined && { look: 'dim' }),
    ...branch.places.at(place),
    twigs: [
      ...(unused === undefined ? [] : [note('unused', `no request comes here: ${unused}`)]),
      ...faults.map((fault) => faultTwig(fault, inside)),
      ...(why === undefined ? [] : [note('unknown', why)]),
      ...(isAgain
        ? [{ text: `the ${to.addresses.length} addresses above`, look: 'dim', twigs: [] } as const]
        : destinationTwigs(pass, inside)),
    ],
  };
}

function destinationTwigs({ to, target, faults }: PassNode, branch: Branch): readonly Twig[] {
  const own = to.faults.map((fault) => faultTwig(fault, branch));
  const [only] = to.addresses;
  const isNamed = to.kind === 'address' && only && !target.includes('$');
  if (isNamed) return [...own, ...answerTwigs(only, branch, faults.length > 0)];
  return [...own, ...to.addresses.map((address) => addressTwig(address, to, branch))];
}

function addressTwig(address: AddressNode, { kind }: Destination, branch: Branch): Twig {
  const { text, parameters, when, state, isUsed, place, faults } = address;
  const inside = on(place, branch);
  const mark = isUsed ? markOf(state) : 'unused';
  const words = kind === 'upstream' ? ['server', text, ...parameters] : [text, ...parameters];
  return {
    ...(mark && { mark }),
    text: when === undefined ? words.join(' ') : `${words.join(' ')} for ${when}`,
    ...(!isUsed && { look: 'dim' }),
    ...branch.places.at(place),
    twigs: [
      ...faults.map((fault) => faultTwig(fault, inside)),
      ...answerTwigs(address, inside, faults.length > 0),
    ],
  };
}

/** Who answers, or why nobody does where no finding says it. */
function answerTwigs(address: AddressNode, branch: Branch, isExplained: boolean): readonly Twig[] {
  const { why, listeners, text, state } = address;
  if (why === undefined) return listeners.map((listener) => listenerTwig(listener, text, branch));
  return isExplained ? [] : [note(markOf(state), why)];
}

function listenerTwig(listener: ListenerNode, dialed: string, branch: Branch): Twig {
  const { state, faults, down, place } = listener;
  const mark = markOf(state);
  const inside = on(place, branch);
  const isCause = faults.some((fault) => fault.down !== undefined);
  return {
    ...(mark && { mark }),
    text: listenerText(listener, dialed, branch.hostId),
    ...branch.places.at(place),
    twigs: [
      ...(isCause || down === undefined ? [] : [note('broken', `${down} does not start`)]),
      ...faults.map((fault) => faultTwig(fault, inside)),
    ],
  };
}

function faultTwig(fault: Fault, { places }: Branch): Twig {
  const mark = fault.severity === 'error' ? 'broken' : 'at-risk';
  return { mark, text: faultText(fault), ...places.at(fault.at), twigs: [] };
}

function note(mark: Mark | undefined, text: string): Twig {
  return { ...(mark && { mark }), text, ...(mark === 'unused' && { look: 'dim' }), twigs: [] };
}

function markOf(state: State): Mark | undefined {
  return state === 'fine' ? undefined : state;
}
