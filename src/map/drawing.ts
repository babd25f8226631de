import { arrowBook, endBook, ruleLines } from './books.ts';
import type {
  AddressNode,
  Destination,
  Fault,
  Graph,
  ListenerNode,
  LocationNode,
  PassNode,
} from './graph.ts';
import { signs } from './marks.ts';
import type { Box, Drawing, Frame } from './picture.ts';
import { worstOf } from './state.ts';
import { hostText, serverText } from './words.ts';

/** Draws a map. Servers that pass nothing on are left out. */
export function drawingOf({ hosts }: Graph): Drawing {
  const arrows = arrowBook();
  const outside = endBook('o');
  const frames = hosts.map((host): Frame => {
    const inside = new Map<string, Box>();
    const missing = endBook(`${host.id}e`);
    const ends = ({ listeners, text, state, why = '' }: AddressNode): readonly End[] => {
      if (listeners.length > 0) return listeners;
      return [state === 'unknown' ? outside.box(text, why, state) : missing.box(text, why, state)];
    };
    for (const to of host.destinations) {
      if (!isChoice(to)) continue;
      inside.set(to.id, choiceBox(to));
      for (const address of to.addresses) {
        for (const end of ends(address)) {
          const look = address.isUsed ? address.state : 'unused';
          arrows.draw(to.id, end.id, look, arrowWords(address, end), address.faults);
        }
      }
    }
    const servers = host.servers.flatMap((server): readonly Box[] => {
      const { id, locations, faults } = server;
      if (locations.length === 0) return [];
      eachPass(locations, (pass, location) => {
        const look = pass.unused === undefined ? pass.state : 'unused';
        const { to } = pass;
        const words = [`location ${location.pattern}`];
        const faultsThere = [...location.faults, ...pass.faults];
        if (isChoice(to)) arrows.draw(id, to.id, look, words, faultsThere);
        else if (to.addresses.length === 0) {
          arrows.draw(id, outside.box(pass.target, pass.why ?? '', 'unknown').id, look, words, faultsThere);
        }
        for (const address of isChoice(to) ? [] : to.addresses) {
          const { faults: onAddress } = address;
          for (const end of ends(address)) {
            const all = [...words, ...arrowWords(address, end)];
            arrows.draw(id, end.id, look, all, [...faultsThere, ...onAddress]);
          }
        }
      });
      return [
        { id, kind: 'server', lines: [serverText(server), ...ruleLines(faults)], look: worstOf(faults) },
      ];
    });
    return {
      id: host.id,
      lines: [hostText(host), ...downLines(host.faults)],
      boxes: [...servers, ...inside.values(), ...missing.all(), ...host.listeners.flatMap(listenerBox)],
    };
  });
  return { frames, outside: outside.all(), arrows: arrows.all() };
}

/** An upstream or a map stands between a server and who listens. */
function isChoice({ kind, addresses }: Destination): boolean {
  return kind === 'upstream' || addresses.length > 1;
}

function choiceBox({ id, kind, name, faults }: Destination): Box {
  const title = kind === 'upstream' ? `upstream ${name}` : name;
  return { id, kind: 'choice', lines: [title, ...ruleLines(faults)], look: worstOf(faults) };
}

function listenerBox(listener: ListenerNode): readonly Box[] {
  const { id, kind, title, address, faults, down, state, dialedBy } = listener;
  if (kind === 'nginx' && dialedBy.size === 0) return [];
  const lines = [
    title,
    address,
    ...(down === undefined ? [] : [`${signs.broken} ${down} does not start`]),
    ...ruleLines(faults),
  ];
  return [{ id, kind: 'listener', lines, look: dialedBy.size === 0 && state === 'fine' ? 'unused' : state }];
}

interface End {
  readonly id: string;
  readonly address?: string;
}

function arrowWords({ text, when, parameters }: AddressNode, end: End): readonly string[] {
  return [
    ...(end.address === undefined || end.address === text ? [] : [`dials ${text}`]),
    ...(when === undefined ? [] : [`for ${when}`]),
    ...(parameters.length === 0 ? [] : [parameters.join(' ')]),
  ];
}

function downLines(faults: readonly Fault[]): readonly string[] {
  const down = faults.flatMap(({ down: who, severity }) =>
    who !== undefined && severity === 'error' ? [`${signs.broken} ${who} does not start`] : [],
  );
  return [...new Set(down)];
}

function eachPass(
  locations: readonly LocationNode[],
  visit: (pass: PassNode, location: LocationNode) => void,
): void {
  for (const location of locations) {
    for (const pass of location.passes) visit(pass, location);
    eachPass(location.locations, visit);
  }
}
