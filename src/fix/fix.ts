import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import type { FileSystem } from '../load/file-system.ts';
import { chooseFixes, type Fixable } from './edits.ts';
import { changedFiles, type FileChange, type FileChanges, withFixes } from './file-change.ts';
import { overlay } from './overlay.ts';
import { type Judged, judge, keyOf, moveKeys } from './verdict.ts';

/** What fixing needs to know. */
export interface FixRequest {
  readonly fs: FileSystem;
  /** The current directory, absolute: the files of findings are relative to it. */
  readonly cwd: string;
  /** True where fixes may be made that could change what works today. */
  readonly unsafe: boolean;
  /** Lints what a file system holds. */
  lint(fs: FileSystem): Promise<Report>;
  /** Why a file may not be changed; `undefined` where it may. Asked once for each fix. */
  refuse(fix: Fixable): string | undefined;
}

/** A fix that is not made. `unsafe`: it was not asked for. */
export interface LeftFix {
  readonly finding: Fixable;
  readonly why: 'unsafe' | { readonly text: string };
}

/** What fixing comes to. Nothing has been written. */
export interface FixResult {
  /** What is found once the fixes are made. */
  readonly report: Report;
  /** In the order they were made; their places are those before each of them was. */
  readonly fixed: readonly Fixable[];
  /** Fixes of findings that are still there, in the order of the report. */
  readonly left: readonly LeftFix[];
  readonly changes: readonly FileChange[];
}

/** A fix can lay bare what another one repairs; so many times in a row no real host needs. */
const mostRounds = 8;

/** Each attempt lints the whole host: where so many do not help, the rest is left to a person. */
const mostAttempts = 200;

/**
 * Makes the fixes of all findings, lints the result again, and undoes each fix that leaves its finding or brings an error.
 * An error that another fix then repairs counts for nothing.
 */
export async function fixFindings(request: FixRequest): Promise<FixResult> {
  const hopeful = await fixInRounds(request, true);
  return hopeful.isWorse ? fixInRounds(request, false) : hopeful;
}

/** One state of the host: what its changed files hold, and what is found in it. */
interface State {
  readonly changes: FileChanges;
  readonly report: Report;
}

async function fixInRounds(request: FixRequest, hopeful: boolean): Promise<FixResult & { isWorse: boolean }> {
  const { fs, cwd, lint, refuse } = request;
  let state: State = { changes: new Map(), report: await lint(fs) };
  const fixed: Fixable[] = [];
  /** Fixes that were tried or may not be made, by what they belong to. */
  let refused: ReadonlyMap<string, string> = new Map();
  let known: ReadonlyMap<string, string> = new Map(errorsOf(state.report).map((error) => [keyOf(error), '']));

  for (let round = 0; round < mostRounds; round++) {
    const refusedNow = new Map(refused);
    const candidates = fixableOf(state.report).filter((finding) => {
      if (!isAllowed(finding, request) || refusedNow.has(keyOf(finding))) return false;
      const why = refuse(finding);
      if (why !== undefined) refusedNow.set(keyOf(finding), why);
      return why === undefined;
    });
    const { chosen } = chooseFixes(candidates);
    const base = state;
    const attempt = async (fixes: readonly Fixable[]): Promise<{ state: State; judged: Judged }> => {
      const changes = withFixes(base.changes, fixes, cwd);
      const report = await lint(overlay(fs, bytesOf(changes)));
      const isHoped = (error: Finding): boolean =>
        hopeful && error.fix !== undefined && isAllowed({ ...error, fix: error.fix }, request);
      return { state: { changes, report }, judged: judge(base.report, report, fixes, isHoped) };
    };
    const made = await makeThoseThatHelp(chosen, attempt, (finding, why) =>
      refusedNow.set(keyOf(finding), why),
    );
    refused = moveKeys(refusedNow, made.fixes);
    known = moveKeys(known, made.fixes);
    if (!made.state) break;
    state = made.state;
    fixed.push(...made.fixes);
  }

  return {
    report: state.report,
    fixed,
    left: fixableOf(state.report).map((finding) => ({
      finding,
      why: isAllowed(finding, request)
        ? { text: refused.get(keyOf(finding)) ?? 'it gets in the way of another fix; run no502 again' }
        : 'unsafe',
    })),
    changes: changedFiles(state.changes),
    isWorse: errorsOf(state.report).some((error) => !known.has(keyOf(error))),
  };
}

interface Made {
  readonly fixes: readonly Fixable[];
  /** Absent where none was made. */
  readonly state?: State;
}

/** Makes as many as help. Mostly all do, and one attempt tells; each one that does not costs a few more to be found. */
async function makeThoseThatHelp(
  chosen: readonly Fixable[],
  attempt: (fixes: readonly Fixable[]) => Promise<{ state: State; judged: Judged }>,
  refuse: (finding: Fixable, why: string) => void,
): Promise<Made> {
  let made: Made = { fixes: [] };
  const pending = chosen.length > 0 ? [chosen] : [];
  let attempts = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (++attempts > mostAttempts) {
      for (const finding of next) refuse(finding, 'it was not tried: too many others did not help');
      continue;
    }
    const fixes = [...made.fixes, ...next];
    const { state, judged } = await attempt(fixes);
    const [only] = next;
    if (judged.helps) made = { fixes, state };
    else if (only && next.length === 1) refuse(only, judged.why);
    else pending.push(next.slice(next.length >> 1), next.slice(0, next.length >> 1));
  }
  return made;
}

function isAllowed({ fix }: Fixable, { unsafe }: FixRequest): boolean {
  return fix.safe || unsafe;
}

function fixableOf({ findings }: Report): readonly Fixable[] {
  return findings.flatMap((finding) => {
    const { fix } = finding;
    return fix ? [{ ...finding, fix }] : [];
  });
}

function errorsOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function bytesOf(changes: FileChanges): ReadonlyMap<string, Uint8Array> {
  return new Map([...changes.values()].map(({ path, after }) => [path, after]));
}
