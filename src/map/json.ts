import { jsonText } from '../report/json-text.ts';
import { positionAt, type Span } from '../syntax/source.ts';
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
} from './graph.ts';

/** The map for programs, as `map.schema.json` describes it. */
export function json({ hosts, passes, elsewhere }: Graph): string {
  return jsonText({
    version: 1,
    hosts: hosts.map(hostObject),
    summary: { passes: { ...passes }, elsewhere: { ...elsewhere } },
  });
}

function hostObject({ id, title, root, faults, servers, destinations, listeners }: HostNode): object {
  return {
    id,
    title,
    root,
    findings: faults.map(faultObject),
    servers: servers.map(serverObject),
    destinations: destinations.map(destinationObject),
    listeners: listeners.map(listenerObject),
  };
}

function serverObject({ id, names, listens, place, faults, locations }: ServerNode): object {
  return {
    id,
    names,
    listens,
    ...placeObject(place),
    findings: faults.map(faultObject),
    locations: locations.map(locationObject),
  };
}

function locationObject({ pattern, place, faults, passes, locations }: LocationNode): object {
  return {
    location: pattern,
    ...placeObject(place),
    findings: faults.map(faultObject),
    passes: passes.map(passObject),
    locations: locations.map(locationObject),
  };
}

function passObject({ place, faults, to, ...pass }: PassNode): object {
  return { ...pass, ...placeObject(place), findings: faults.map(faultObject), to: to.id };
}

function destinationObject({ place, faults, addresses, ...destination }: Destination): object {
  return {
    ...destination,
    ...placeObject(place),
    findings: faults.map(faultObject),
    addresses: addresses.map(addressObject),
  };
}

function addressObject({
  text,
  place,
  isUsed,
  isBackup,
  faults,
  listeners,
  ...address
}: AddressNode): object {
  return {
    address: text,
    ...address,
    used: isUsed,
    backup: isBackup,
    ...placeObject(place),
    findings: faults.map(faultObject),
    listeners: listeners.map(({ id }) => id),
  };
}

function listenerObject({ place, faults, host: _, dialedBy, ...listener }: ListenerNode): object {
  return {
    ...listener,
    ...placeObject(place),
    findings: faults.map(faultObject),
    dialedBy: [...dialedBy],
  };
}

function faultObject({ at, ...fault }: Fault): object {
  return { ...fault, ...placeObject(at) };
}

function placeObject(span: Span | undefined): object {
  if (!span) return {};
  const { line, column } = positionAt(span.source, span.start);
  return { file: span.source.file, line, column };
}
