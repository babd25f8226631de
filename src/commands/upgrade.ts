import type { Rule } from '../engine/rule.ts';
import type { Report } from '../engine/summary.ts';
import type { Io } from '../io.ts';
import { lint } from '../lint.ts';
import type { FileSystem } from '../load/file-system.ts';
import { UsageError } from '../load/usage-error.ts';
import { upgradeFindings } from '../upgrade/findings.ts';
import { jsonUpgrade } from '../upgrade/json-upgrade.ts';
import { type Planned, planUpgrade, type UpgradeRequest } from '../upgrade/plan.ts';
import { prettyUpgrade } from '../upgrade/pretty-upgrade.ts';
import { didYouMean } from '../values/nearest.ts';
import type { Call } from './call.ts';
import { fixingOf, makeFixes } from './fixing.ts';
import { oneOf } from './settings.ts';
import { columnsOf, wantsColors } from './terminal.ts';
import { writeOutput } from './write-output.ts';

/**
 * `no502 upgrade`: what still points at an old PHP, what the new one lacks, and the order of steps. Exit code 1 where something
 * points at the old one, once fixes are made.
 *
 * @throws UsageError where the call is wrong or no version is known.
 */
export async function upgrade(call: Call, io: Io, rules: readonly Rule[]): Promise<number> {
  const [word] = call.words;
  if (word !== undefined) {
    throw new UsageError(`upgrade takes no "${word}"; --root ${word} takes it as the host's /`);
  }
  const format = oneOf('--format', call.value('format') ?? 'pretty', ['pretty', 'json'] as const);
  const fixing = fixingOf(call);
  const output = call.value('output');
  const root = call.value('root');
  const [from, to] = [versionOf(call, 'from'), versionOf(call, 'to')];
  const colors = output === undefined && wantsColors(io.stdout, io.env);
  const style = { colors, columns: columnsOf(io.stdout, io.env), verbosity: 'normal' } as const;
  const request = {
    cwd: io.cwd,
    ...(root !== undefined && { root }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };

  const before = await planUpgrade({ fs: io.fs, ...request });
  let planned = before;
  let diff: string | undefined;
  if (fixing && before.kind === 'upgrade') {
    // The versions of the first look: once nothing points at the old one, a second look would find none.
    const { from: old, to: next } = before.upgrade;
    const settled = { ...request, from: old.version, to: next.version };
    const { lintOn, planOf } = upgradeLint(settled, rules);
    const fixed = await makeFixes(
      { fixing, output, ...style, ...(root !== undefined && { root }), lint: lintOn },
      io,
    );
    planned = planOf(fixed.report) ?? before;
    diff = fixed.diff;
  }
  const text = diff ?? (format === 'json' ? jsonUpgrade(planned) : prettyUpgrade(planned, style));
  if (output === undefined) io.stdout.write(text);
  else writeOutput(io, output, text, root);
  return planned.kind === 'upgrade' && planned.upgrade.pointers.length > 0 ? 1 : 0;
}

/**
 * A linter whose report also holds the places of an upgrade, and alone their fixes: what a fix does to all else is judged by the rules.
 */
function upgradeLint(request: Omit<UpgradeRequest, 'fs'>, rules: readonly Rule[]) {
  const plans = new WeakMap<Report, Planned>();
  return {
    async lintOn(fs: FileSystem): Promise<Report> {
      const planned = await planUpgrade({ fs, ...request });
      const { cwd, root } = request;
      const report = await lint({
        ...{ fs, cwd, paths: [], exclude: [], options: {}, rules },
        ...(root !== undefined && { root }),
      });
      const places = planned.kind === 'upgrade' ? upgradeFindings(planned.upgrade) : [];
      const findings = report.findings.map(({ fix: _, ...finding }) => finding);
      const both = { ...report, findings: [...places, ...findings] };
      plans.set(both, planned);
      return both;
    },
    planOf: (report: Report): Planned | undefined => plans.get(report),
  };
}

function versionOf(call: Call, name: 'from' | 'to'): string | undefined {
  const text = call.value(name);
  if (text !== undefined && !/^[5-9]\.\d{1,2}$/.test(text)) {
    const digits = /^([5-9])(\d{1,2})$/.exec(text);
    const meant = digits ? didYouMean(text, [`${digits[1]}.${digits[2]}`]) : '';
    throw new UsageError(`--${name} cannot be "${text}"; write it like 8.3${meant}`);
  }
  return text;
}
