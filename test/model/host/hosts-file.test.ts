import { expect, test } from 'vitest';
import { parseHostsFile } from '../../../src/model/host/hosts-file.ts';

const source = {
  path: '/etc/hosts',
  file: 'etc/hosts',
  text: '127.0.0.1\tlocalhost\n  10.0.0.5  App app.internal # the old one\n\n# 1.2.3.4 gone\n::1 localhost ip6-localhost\nalone\n10.0.0.6 app\r\n',
  encoding: 'utf8',
} as const;

test('every name has its addresses, in order and whatever its case', () => {
  const hosts = parseHostsFile(source);
  expect(hosts.isKnown).toBe(true);
  expect(hosts.lookup('localhost').map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  expect(hosts.lookup('APP').map(({ address }) => address)).toEqual(['10.0.0.5', '10.0.0.6']);
  expect(hosts.lookup('gone')).toEqual([]);
  expect(hosts.lookup('alone')).toEqual([]);
});

test('an entry knows its place', () => {
  const [entry] = parseHostsFile(source).lookup('app.internal');
  expect(entry && source.text.slice(entry.span.start, entry.span.end)).toBe('10.0.0.5  App app.internal');
});

test('without a file nothing is known', () => {
  expect(parseHostsFile(undefined)).toMatchObject({ isKnown: false });
  expect(parseHostsFile(undefined).lookup('localhost')).toEqual([]);
});
