import type { Fault } from './graph.ts';
import { signs } from './marks.ts';
import type { Arrow, Box, Look } from './picture.ts';

/** Collects boxes for addresses at which nobody is known to listen: one for each address and reason. */
export function endBook(prefix: string) {
  const boxes = new Map<string, Box>();
  return {
    box(text: string, why: string, look: Look): Box {
      const key = JSON.stringify([text, why]);
      const known = boxes.get(key);
      if (known) return known;
      const box: Box = { id: `${prefix}${boxes.size + 1}`, kind: 'end', lines: [text, why], look };
      boxes.set(key, box);
      return box;
    },
    all: (): readonly Box[] => [...boxes.values()],
  };
}

/** So many locations are named beside one arrow, and so many rules. */
const NAMED_MAX = 4;

/** Collects arrows: those that look alike between the same boxes are one, with the words and the rules of all. */
export function arrowBook() {
  interface Drawn extends Omit<Arrow, 'lines'> {
    readonly words: Set<string>;
    readonly rules: Set<string>;
  }
  const byEnds = new Map<string, Drawn>();
  return {
    draw(from: string, to: string, look: Look, words: readonly string[], faults: readonly Fault[]): void {
      const key = `${from} ${to} ${look}`;
      const known = byEnds.get(key);
      const rules = ruleLines(faults);
      if (!known) {
        byEnds.set(key, { from, to, look, words: new Set(words), rules: new Set(rules) });
        return;
      }
      for (const word of words) known.words.add(word);
      for (const rule of rules) known.rules.add(rule);
    },
    all: (): readonly Arrow[] =>
      [...byEnds.values()].map(({ words, rules, ...arrow }) => ({
        ...arrow,
        lines: [...fewOf(words), ...fewOf(rules)],
      })),
  };
}

function fewOf(words: ReadonlySet<string>): readonly string[] {
  const all = [...words];
  if (all.length <= NAMED_MAX) return all;
  return [...all.slice(0, NAMED_MAX), `and ${all.length - NAMED_MAX} more`];
}

/** Findings as a picture has room for them: their rules. */
export function ruleLines(faults: readonly Fault[]): readonly string[] {
  const lines = faults.map(
    ({ rule, severity }) => `${severity === 'error' ? signs.broken : signs['at-risk']} ${rule}`,
  );
  return [...new Set(lines)];
}
