import type { Finding } from '../engine/finding.ts';
import type { FpmEntry } from '../syntax/fpm/entry.ts';
import type { Directive } from '../syntax/nginx/tree.ts';
import type { Span } from '../syntax/source.ts';
import type { Fault } from './graph.ts';

/** The findings by where they lie. It remembers which were asked for, so that those on nothing can be counted. */
export interface FaultIndex {
  /**
   * Those whose cause begins within a span. Of a line that many servers include, the same rule may tell each something
   * else: then those that hit `visitors`, where they are given.
   */
  on(span: Span, visitors?: string): readonly Fault[];
  /** Those of a file for which `isWanted` is true: wherever they are asked for later, they say what does not start. */
  inFile(file: string, down: string, isWanted: (finding: Finding) => boolean): readonly Fault[];
  /** The files that have any. */
  files(): Iterable<string>;
  /** Those that nothing asked for. */
  rest(): readonly Finding[];
}

type Weighty = Finding & { readonly severity: Fault['severity'] };

/** Indexes findings that are sorted by file and place, as those of a report are. */
export function indexFaults(findings: readonly Finding[]): FaultIndex {
  const weighty = findings.filter((finding): finding is Weighty => finding.severity !== 'info');
  const all = new Map<string, Weighty[]>();
  const forEach = new Map<string, Weighty[]>();
  const forSome = new Map<string, Weighty[]>();
  const told = countByPlace(weighty);
  for (const finding of weighty) {
    const { at, affects } = finding;
    push(all, at.source.file, finding);
    const isOneOfMany = (told.get(placeKey(finding)) ?? 0) > 1;
    if (!isOneOfMany || !affects) push(forEach, at.source.file, finding);
    else for (const who of affects) push(forSome, visitorsKey(at.source.file, who), finding);
  }
  const placed = new Map<Finding, Fault>();
  const take = (finding: Weighty, down?: string): Fault => {
    const known = placed.get(finding);
    if (known) return known;
    const { rule, severity, message, at } = finding;
    const fault = { rule, severity, message, at, ...(down !== undefined && { down }) };
    placed.set(finding, fault);
    return fault;
  };
  const within = (there: readonly Weighty[] | undefined, { start, end }: Span): readonly Fault[] => {
    if (!there) return none;
    const faults: Fault[] = [];
    for (let index = firstFrom(there, start); index < there.length; index++) {
      const finding = there[index];
      if (!finding || finding.at.start >= end) break;
      faults.push(take(finding));
    }
    return faults;
  };
  return {
    on(span, visitors) {
      const { file } = span.source;
      if (visitors === undefined) return within(all.get(file), span);
      const own = forSome.size > 0 ? within(forSome.get(visitorsKey(file, visitors)), span) : none;
      const common = within(forEach.get(file), span);
      return own.length === 0 ? common : [...common, ...own];
    },
    inFile: (file, down, isWanted) =>
      (all.get(file) ?? []).filter(isWanted).map((finding) => take(finding, down)),
    files: () => all.keys(),
    rest: () => weighty.filter((finding) => !placed.has(finding)),
  };
}

const none: readonly Fault[] = [];

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

function visitorsKey(file: string, visitors: string): string {
  return `${file}\n${visitors}`;
}

function placeKey({ rule, at }: Finding): string {
  return `${rule} ${at.start} ${at.source.file}`;
}

/** How many findings of one rule lie at each place. */
function countByPlace(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = placeKey(finding);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The index of the first finding at or behind an offset. */
function firstFrom(findings: readonly Finding[], offset: number): number {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((findings[middle]?.at.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A directive; of one with a block, what stands before it. */
export function directiveSpan({ source, start, end, terminator, block }: Directive): Span {
  return { source, start, end: block ? terminator : end };
}

/** A line of a pool. */
export function entrySpan({ keySpan, valueSpan }: FpmEntry): Span {
  return { source: keySpan.source, start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) };
}
