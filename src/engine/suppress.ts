import type { Deployment } from '../model/deployment.ts';
import type { Host } from '../model/host.ts';
import type { SuppressedRule, Suppression } from '../syntax/suppression.ts';
import { nearest } from '../values/nearest.ts';
import type { Finding } from './finding.ts';
import type { Part, Rule } from './rule.ts';
import type { Skipped } from './summary.ts';
import { type Entry, indexSuppressions } from './suppression-index.ts';

/**
 * What became of a suppression, or of one of the rules it names. `idle`: it leaves nothing out, though its rule judged
 * everything. `malformed`: it names no rule, or its first word is none of ours; `because` says which.
 */
export type JudgedSuppression =
  | { readonly kind: 'idle'; readonly suppression: Suppression; readonly rule?: SuppressedRule }
  | {
      readonly kind: 'unknown-rule';
      readonly suppression: Suppression;
      readonly rule: SuppressedRule;
      /** The id that was probably meant. */
      readonly meant?: string;
    }
  | { readonly kind: 'malformed'; readonly suppression: Suppression; readonly because: 'no-rule' | 'word' }
  | { readonly kind: 'without-reason'; readonly suppression: Suppression };

/** The rules of a run, and what came of them. */
export interface RulesRun {
  readonly ruleIds: ReadonlySet<string>;
  /** Those that were not switched off. */
  readonly ran: readonly Rule[];
  readonly skipped: readonly Skipped[];
}

/** What a run's suppressions do. */
export interface Suppressor {
  /** The findings that no comment leaves out. */
  keep(findings: readonly Finding[]): readonly Finding[];
  /** What is wrong with the suppressions, as far as `keep` was asked: in the order of their files. */
  judged(): readonly JudgedSuppression[];
}

/**
 * Prepares the comments of a deployment. A finding is left out where its cause stands, never at a related place. A
 * suppression without a reason, or of a rule that does not exist, leaves nothing out.
 */
export function suppressorOf(deployment: Deployment, run: RulesRun): Suppressor {
  const judged: JudgedSuppression[] = [];
  const sound: Suppression[] = [];
  const meantBy = guessing(run.ruleIds);
  for (const suppression of eachOnce(deployment)) {
    const wrong = faultsOf(suppression, run.ruleIds, meantBy);
    for (const each of wrong) judged.push(each);
    if (!wrong.some(({ kind }) => kind !== 'unknown-rule')) sound.push(suppression);
  }
  const index = indexSuppressions(sound, run.ruleIds);
  const used = new Set<Entry>();
  const certain = new Set(certainRules(deployment, run));
  return {
    keep: (findings) =>
      findings.filter((finding) => {
        const entry = index.find(finding);
        if (entry) used.add(entry);
        return entry === undefined;
      }),
    judged: () => [
      ...judged,
      ...index.entries
        .filter((entry) => !used.has(entry) && (entry.isStray || certain.has(entry.rule.id)))
        .map(({ suppression, rule }): JudgedSuppression => ({ kind: 'idle', suppression, rule })),
      ...index.strays.map((suppression): JudgedSuppression => ({ kind: 'idle', suppression })),
    ],
  };
}

/** Hosts may share a file. */
function eachOnce({ hosts }: Deployment): Iterable<Suppression> {
  const all = hosts.flatMap(({ suppressions }) => suppressions);
  return new Map(all.map((each) => [`${each.span.start} ${each.span.source.file}`, each])).values();
}

/** For so many different words it is guessed which rule is meant: one takes as long as all else of a comment. */
const GUESSED_MAX = 1000;

/** Tells which rule a word most likely means, each word once. */
function guessing(ruleIds: ReadonlySet<string>): (id: string) => string | undefined {
  const guesses = new Map<string, string | undefined>();
  return (id) => {
    if (!guesses.has(id) && guesses.size < GUESSED_MAX) guesses.set(id, nearest(id, ruleIds));
    return guesses.get(id);
  };
}

function faultsOf(
  suppression: Suppression,
  ruleIds: ReadonlySet<string>,
  meantBy: (id: string) => string | undefined,
): readonly JudgedSuppression[] {
  const { scope, rules, reason } = suppression;
  if (scope === 'unknown') return [{ kind: 'malformed', suppression, because: 'word' }];
  if (scope !== 'enable' && rules.length === 0) {
    return [{ kind: 'malformed', suppression, because: 'no-rule' }];
  }
  const unknown = rules
    .filter(({ id }) => !ruleIds.has(id))
    .map((rule): JudgedSuppression => {
      const meant = meantBy(rule.id);
      return { kind: 'unknown-rule', suppression, rule, ...(meant !== undefined && { meant }) };
    });
  const lacksReason = scope !== 'enable' && reason === undefined && unknown.length < rules.length;
  return lacksReason ? [...unknown, { kind: 'without-reason', suppression }] : unknown;
}

/**
 * The rules whose silence proves something: they ran, they could judge, and all that they read was there. Whether a
 * suppression of any other rule is needed cannot be told; those of rules about suppressions are not asked for.
 */
function certainRules({ hosts }: Deployment, { ran, skipped }: RulesRun): readonly string[] {
  const unsure = new Set(skipped.map(({ rule }) => rule));
  return ran
    .filter(({ id, reads }) => !unsure.has(id) && reads.every((part) => hosts.every(isWhole[part])))
    .map(({ id }) => id);
}

const isWhole = {
  nginx: ({ nginx }) => nginx?.complete === true,
  fpm: ({ mastersComplete }) => mastersComplete,
  users: ({ users }) => users !== undefined,
  memory: ({ memory }) => memory !== undefined,
  apps: ({ apps }) => apps.length > 0,
  network: ({ place }) => place !== undefined,
  suppressions: () => false,
} as const satisfies Record<Part, (host: Host) => boolean>;
