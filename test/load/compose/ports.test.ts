import { describe, expect, it } from 'vitest';
import type { PublishedPort } from '../../../src/load/compose/service.ts';
import type { Given } from '../../../src/syntax/compose/given.ts';
import type { PortRange } from '../../../src/syntax/compose/port.ts';
import { place, plain, readOne } from './read.ts';

function range(given: Given<PortRange> | undefined): string {
  if (!given) return '';
  if (given.kind === 'unknown') return `(${given.why})`;
  const { first, last } = given.value;
  return first === last ? String(first) : `${first}-${last}`;
}

function shown(port: Given<PublishedPort>): string {
  if (port.kind === 'unknown') return `(${port.why})`;
  const { target, published, hostIp, protocol } = port.value;
  return `${plain(hostIp) ?? ''} ${range(published)} ${range(target)} ${protocol}`;
}

async function ports(lines: string): Promise<string[]> {
  return (await readOne(lines)).ports.map(shown);
}

describe('ports', () => {
  it.each([
    ['"80"', '  80 tcp'],
    ['80', '  80 tcp'],
    ['8080:80', ' 8080 80 tcp'],
    ['22:22', ' 22 22 tcp'],
    ['127.0.0.1:8080:80', '127.0.0.1 8080 80 tcp'],
    ['"127.0.0.1::80"', '127.0.0.1  80 tcp'],
    ['"[::1]:8080:80"', '::1 8080 80 tcp'],
    ['"::1:8080:80"', '::1 8080 80 tcp'],
    ['3000-3005', '  3000-3005 tcp'],
    ['"9090-9091:8080-8081"', ' 9090-9091 8080-8081 tcp'],
    ['"8000-9000:80"', ' 8000-9000 80 tcp'],
    ['6060:6060/udp', ' 6060 6060 udp'],
    ['"${PORT:-8081}:80"', ' 8081 80 tcp'],
    ['"${PORT}:80"', ' (no file defines the variable PORT) 80 tcp'],
    ['"${IP:-0.0.0.0}:${PORT}:80/tcp"', '0.0.0.0 (no file defines the variable PORT) 80 tcp'],
    ['"${PORT}"', '(no file defines the variable PORT)'],
    ['web', '  (it is not a port) tcp'],
    ['"80:99999"', ' 80 (it is not a port) tcp'],
    ['"90-80"', '  (it is not a port) tcp'],
  ])('%s', async (written, expected) => {
    expect(await ports(`ports:\n  - ${written}`)).toEqual([expected]);
  });

  it('have a long form', async () => {
    const lines = `ports:
  - target: 80
    published: "8080"
    host_ip: 127.0.0.1
    protocol: udp
    mode: host
  - { target: 443, published: 8443-8444 }
  - target: 9000
  - published: 90`;
    expect(await ports(lines)).toEqual([
      '127.0.0.1 8080 80 udp',
      ' 8443-8444 443 tcp',
      '  9000 tcp',
      '(the port has no target)',
    ]);
  });

  it('know where each part stands', async () => {
    const [port] = (await readOne('ports:\n  - "127.0.0.1:8080:80/tcp"')).ports;
    if (port?.kind !== 'known') throw new Error('not known');
    const { target, published, hostIp } = port.value;
    expect(place(port.span)).toBe('compose.yaml:4 "127.0.0.1:8080:80/tcp"');
    expect(place(target.span)).toBe('compose.yaml:4 80');
    expect(published && place(published.span)).toBe('compose.yaml:4 8080');
    expect(hostIp && place(hostIp.span)).toBe('compose.yaml:4 127.0.0.1');
  });

  it('point at the whole where variables were filled in', async () => {
    const [port] = (await readOne('ports: ["${PORT:-8080}:80"]')).ports;
    expect(port?.kind === 'known' && place(port.value.target.span)).toBe('compose.yaml:3 "${PORT:-8080}:80"');
  });

  it('that are not a list are complained about', async () => {
    const { ports: none, doubts } = await readOne('ports:\n  - [80]');
    expect(none).toEqual([]);
    expect(doubts.map(({ message, span }) => [message, place(span)])).toEqual([
      ['a port must be a word or a map', 'compose.yaml:4 [80]'],
    ]);
  });

  it('are exposed without being published', async () => {
    const { expose } = await readOne('expose:\n  - "3000"\n  - 8000-8010\n  - 53/udp\n  - x');
    expect(expose.map(plain)).toEqual([
      { target: { first: 3000, last: 3000 }, protocol: 'tcp' },
      { target: { first: 8000, last: 8010 }, protocol: 'tcp' },
      { target: { first: 53, last: 53 }, protocol: 'udp' },
      'unknown: it is not a port',
    ]);
  });
});
