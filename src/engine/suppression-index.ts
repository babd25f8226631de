import { positionAt } from '../syntax/source.ts';
import type { SuppressedRule, Suppression } from '../syntax/suppression.ts';
import type { Finding } from './finding.ts';

/** One rule of one suppression. */
export interface Entry {
  readonly suppression: Suppression;
  readonly rule: SuppressedRule;
  /** True for a `no502-enable` of a rule that is not disabled above it. */
  readonly isStray?: boolean;
}

/** Finds which suppression leaves a finding out, without looking at all of them. */
export interface SuppressionIndex {
  readonly entries: readonly Entry[];
  /** Each `no502-enable` that names no rule and ends no block. */
  readonly strays: readonly Suppression[];
  /** The nearest: that of the line, else the block, else the file. */
  find(finding: Finding): Entry | undefined;
}

/** From where to where a block leaves a rule out, as offsets. */
interface Block {
  readonly entry: Entry;
  readonly start: number;
  end: number;
}

/** What one file says of one rule. */
interface Scopes {
  readonly lines: Map<number, Entry>;
  /** In the order of the text; none overlaps another. */
  readonly blocks: Block[];
  file?: Entry;
}

/** Sorts suppressions, which come in the order of their files, by file and rule. */
export function indexSuppressions(
  suppressions: readonly Suppression[],
  ruleIds: ReadonlySet<string>,
): SuppressionIndex {
  const files = new Map<string, Map<string, Scopes>>();
  const entries: Entry[] = [];
  const strays: Suppression[] = [];

  function scopesOf(file: string, rule: string): Scopes {
    const rules = files.get(file) ?? new Map<string, Scopes>();
    files.set(file, rules);
    const scopes = rules.get(rule) ?? { lines: new Map(), blocks: [] };
    rules.set(rule, scopes);
    return scopes;
  }

  function enableAll(suppression: Suppression): void {
    const open = [...(files.get(suppression.span.source.file)?.values() ?? [])].flatMap(
      (scopes) => openBlock(scopes) ?? [],
    );
    if (open.length === 0) strays.push(suppression);
    for (const block of open) block.end = suppression.span.start;
  }

  for (const suppression of suppressions) {
    const { scope, span, rules } = suppression;
    if (scope === 'enable' && rules.length === 0) enableAll(suppression);
    for (const rule of rules) {
      if (!ruleIds.has(rule.id)) continue;
      const scopes = scopesOf(span.source.file, rule.id);
      const open = openBlock(scopes);
      if (scope === 'enable') {
        if (open) open.end = span.start;
        else entries.push({ suppression, rule, isStray: true });
        continue;
      }
      const entry = { suppression, rule };
      entries.push(entry);
      // What says again what is said already leaves nothing out by itself.
      if (scope === 'file') scopes.file ??= entry;
      else if (scope === 'block' && !open) {
        scopes.blocks.push({ entry, start: span.start, end: Number.POSITIVE_INFINITY });
      } else if (scope !== 'block' && !scopes.lines.has(suppression.line)) {
        scopes.lines.set(suppression.line, entry);
      }
    }
  }

  return {
    entries,
    strays,
    find({ rule, at }) {
      const scopes = files.get(at.source.file)?.get(rule);
      if (!scopes) return undefined;
      const { line } = positionAt(at.source, at.start);
      return scopes.lines.get(line) ?? blockAt(scopes.blocks, at.start)?.entry ?? scopes.file;
    },
  };
}

function openBlock({ blocks }: Scopes): Block | undefined {
  const last = blocks.at(-1);
  return last?.end === Number.POSITIVE_INFINITY ? last : undefined;
}

function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const block = blocks[low];
  return block && block.start <= offset ? block : undefined;
}
