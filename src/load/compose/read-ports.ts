import { type Given, known, mapGiven, partOf, unknown, writtenText } from '../../syntax/compose/given.ts';
import { type ComposeScalar, partSpan } from '../../syntax/compose/node.ts';
import { type Part, type PortRange, parsePortRange, parseShortPort } from '../../syntax/compose/port.ts';
import type { Layer, Layers } from './layers.ts';
import { itemsOf, under } from './layers.ts';
import { type Reading, textUnder } from './reading.ts';
import type { ExposedPort, PublishedPort } from './service.ts';

const NOT_A_PORT = 'it is not a port';

/** Reads `ports`: appended, those left out that say the same as one before. */
export function readPorts(reading: Reading, service: Layers): readonly Given<PublishedPort>[] {
  const ports = new Map<string, Given<PublishedPort>>();
  for (const item of itemsOf(under(service, 'ports'))) {
    const port = publishedPort(reading, item);
    if (port) ports.set(keyOf(port), port);
  }
  return [...ports.values()];
}

function publishedPort(reading: Reading, item: Layer): Given<PublishedPort> | undefined {
  const { node } = item;
  switch (node.kind) {
    case 'scalar':
      return node.isNull ? undefined : shortPort(node);
    case 'map':
      return longPort(reading, item);
    default:
      reading.complain('a port must be a word or a map', node.span);
      return undefined;
  }
}

function shortPort({ text, span }: ComposeScalar): Given<PublishedPort> {
  const written = writtenText(text);
  const { target, published, hostIp, protocol = 'tcp' } = parseShortPort(written);
  if (target.text.startsWith('${') && !published && text.kind === 'unknown') return text;
  const part = ({ text: piece, start }: Part): Given<string> =>
    partOf(piece, text, partSpan(span, written, start, start + piece.length));
  const range = (piece: Part): Given<PortRange> => mapGiven(part(piece), parsePortRange, NOT_A_PORT);
  return known(
    {
      target: range(target),
      ...(published && { published: range(published) }),
      ...(hostIp && { hostIp: part(hostIp) }),
      protocol,
    },
    span,
  );
}

function longPort(reading: Reading, item: Layer): Given<PublishedPort> {
  const { span } = item.node;
  const target = textUnder(reading, [item], 'target');
  if (!target) return unknown('the port has no target', span);
  const published = textUnder(reading, [item], 'published');
  const hostIp = textUnder(reading, [item], 'host_ip');
  const protocol = textUnder(reading, [item], 'protocol');
  const isPublished = published && !(published.kind === 'known' && published.value === '');
  return known(
    {
      target: mapGiven(target, parsePortRange, NOT_A_PORT),
      ...(isPublished && { published: mapGiven(published, parsePortRange, NOT_A_PORT) }),
      ...(hostIp && { hostIp }),
      protocol: protocol ? writtenText(protocol).toLowerCase() : 'tcp',
    },
    span,
  );
}

/** What may stand only once. */
function keyOf(port: Given<PublishedPort>): string {
  if (port.kind === 'unknown') return `${port.span.source.path}:${port.span.start}`;
  const { target, published, hostIp, protocol } = port.value;
  return [target, published, hostIp].map((part) => (part ? textOf(part) : '')).join(':') + protocol;
}

function textOf(given: Given<PortRange | string>): string {
  if (given.kind === 'unknown') return given.text ?? '';
  return typeof given.value === 'string' ? given.value : `${given.value.first}-${given.value.last}`;
}

/** Reads `expose`. */
export function readExpose(reading: Reading, service: Layers): readonly Given<ExposedPort>[] {
  return itemsOf(under(service, 'expose')).flatMap(({ node }) => {
    if (node.kind === 'scalar') return node.isNull ? [] : [exposedPort(node.text)];
    reading.complain('expose must be a list of ports', node.span);
    return [];
  });
}

function exposedPort(text: Given<string>): Given<ExposedPort> {
  return mapGiven(
    text,
    (value) => {
      const [port = '', protocol = 'tcp'] = value.split('/');
      const target = parsePortRange(port);
      return target && { target, protocol: protocol.toLowerCase() };
    },
    NOT_A_PORT,
  );
}
