import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/engine/finding.ts';
import { applyEdits, chooseFixes, editsByFile, type Fixable, movedOffset } from '../../src/fix/edits.ts';
import { findingAt, placeOf, sourceOf } from '../report/places.ts';

const source = sourceOf('a.conf', 'one two three four');
const other = sourceOf('b.conf', 'one two three four');

/** A finding whose fix makes these edits. */
function fixing(...edits: readonly Edit[]): Fixable {
  const fix = { safe: true, title: 'x', edits };
  return { ...findingAt(edits[0]?.span ?? placeOf(source, 'one')), fix };
}

const swap = (word: string, text: string, where = source): Edit => ({ span: placeOf(where, word), text });
const insertAt = (offset: number, text: string): Edit => ({
  span: { source, start: offset, end: offset },
  text,
});

function applied(fixes: readonly Fixable[]): string {
  const edits = editsByFile(fixes).get('a.conf');
  return edits ? applyEdits(edits) : source.text;
}

describe('fixes that meet', () => {
  test('are made together where they do not touch', () => {
    const { chosen, postponed } = chooseFixes([fixing(swap('three', '3')), fixing(swap('one', '1'))]);
    expect([applied(chosen), postponed]).toEqual(['1 two 3 four', []]);
  });

  test('yield to the first where they overlap', () => {
    const first = fixing(swap('two three', '23'));
    const second = fixing(swap('one', '1'), swap('three four', '34'));
    const { chosen, postponed } = chooseFixes([first, second]);
    expect([chosen, postponed]).toEqual([[first], [second]]);
    expect(applied(chosen)).toBe('one 23 four');
  });

  test('do not both insert at one place', () => {
    const { chosen, postponed } = chooseFixes([fixing(insertAt(3, ' a')), fixing(insertAt(3, ' b'))]);
    expect([chosen.length, postponed.length]).toEqual([1, 1]);
  });

  test('may say the same, which is done once', () => {
    const { chosen, postponed } = chooseFixes([
      fixing(swap('two', '2')),
      fixing(swap('two', '2'), swap('four', '4')),
    ]);
    expect([applied(chosen), postponed]).toEqual(['one 2 three 4', []]);
  });

  test('do not meet in different files', () => {
    const { chosen } = chooseFixes([fixing(swap('one', '1')), fixing(swap('one', '1', other))]);
    expect([...editsByFile(chosen).keys()]).toEqual(['a.conf', 'b.conf']);
  });

  test('may touch', () => {
    const { chosen } = chooseFixes([
      fixing(swap('one ', '1 ')),
      fixing(swap('two', '2')),
      fixing(insertAt(4, 'a ')),
    ]);
    expect(applied(chosen)).toBe('1 a 2 three four');
  });
});

const edit = fc
  .tuple(fc.nat(source.text.length), fc.nat(5), fc.string({ maxLength: 4 }))
  .map(([start, length, text]): Edit => {
    const end = Math.min(start + length, source.text.length);
    return { span: { source, start, end }, text };
  });

test('edits touch nothing but their spans, and what stands behind them is found again', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const { chosen } = chooseFixes(edits.map((each) => fixing(each)));
      const file = editsByFile(chosen).get('a.conf');
      const made = file?.edits ?? [];
      const text = applied(chosen);
      for (let offset = 0; offset < source.text.length; offset++) {
        if (made.some(({ span }) => span.start <= offset && offset < span.end)) continue;
        expect(text[movedOffset(made, offset)]).toBe(source.text[offset]);
      }
      const change = made.reduce((sum, { span, text: put }) => sum + put.length - (span.end - span.start), 0);
      expect(text.length).toBe(source.text.length + change);
    }),
  );
});
