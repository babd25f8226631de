import { describe, expect, test } from 'vitest';
import { fingerprintsOf } from '../../src/engine/fingerprint.ts';
import { findingAt, placeOf, sourceOf } from '../report/places.ts';

const pass = 'fastcgi_pass unix:/a;';

/** The fingerprint of a finding at this place of a file of this text. */
function fingerprint(text: string, at = 'unix:/a', file = 'a.conf', rule = 'some-rule'): string {
  return fingerprintsOf([findingAt(placeOf(sourceOf(file, text), at), { rule })])[0] ?? '';
}

describe('a fingerprint', () => {
  const known = fingerprint(`server {\n    ${pass}\n}\n`);

  test('does not depend on the machine, the version or the run', () => {
    expect(known).toBe('ec9ab3b8b6bd318142b1109ea5ef0d85');
  });

  test.each([
    ['lines above', `# a comment\n\nserver {\n    listen 80;\n    ${pass}\n}\n`],
    ['lines below', `server {\n    ${pass}\n    listen 80;\n}\n`],
    ['indentation', `server {\n\t\t${pass}   \n}\n`],
    ['blanks in the line', 'server {\n    fastcgi_pass     unix:/a;\n}\n'],
    ['line endings', `server {\r\n    ${pass}\r\n}\r\n`],
    ['no line ending', pass],
  ])('stays with other %s', (_what, text) => {
    expect(fingerprint(text)).toBe(known);
  });

  test.each([
    ['text of the line', fingerprint('fastcgi_pass unix:/a; # kept')],
    ['file', fingerprint(pass, 'unix:/a', 'b.conf')],
    ['rule', fingerprint(pass, 'unix:/a', 'a.conf', 'other-rule')],
  ])('is another with another %s', (_what, other) => {
    expect(other).not.toBe(known);
  });

  test('holds all lines of a place', () => {
    const block = (text: string): string => fingerprint(`server {\n${text}\n}`, `{\n${text}\n}`);
    expect(block('a')).toBe(block('    a'));
    expect(block('a')).not.toBe(block('b'));
  });

  test('counts those that are alike, so that one of them gone is one entry gone', () => {
    const source = sourceOf('a.conf', `${pass}\n${pass}\n${pass}\n`);
    const findings = [0, 1, 2].map((line) => {
      const start = line * (pass.length + 1);
      return findingAt({ source, start, end: start + pass.length }, { rule: 'some-rule' });
    });
    const all = fingerprintsOf(findings);
    expect(new Set(all).size).toBe(3);
    expect(fingerprintsOf(findings.slice(1))).toEqual(all.slice(0, 2));
  });

  test('takes no longer for a line of ten million characters', () => {
    const source = sourceOf('a.conf', `${'x '.repeat(5_000_000)}HERE`);
    const findings = Array.from({ length: 200 }, () => findingAt(placeOf(source, 'HERE')));
    const before = performance.now();
    expect(new Set(fingerprintsOf(findings)).size).toBe(200);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('of a file without text is one too', () => {
    const source = sourceOf('gone.conf', '');
    expect(fingerprintsOf([findingAt({ source, start: 0, end: 0 })])).toHaveLength(1);
  });
});
