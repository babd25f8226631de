import { resolve } from 'node:path';
import type { Rule } from '../engine/rule.ts';
import { fails } from '../engine/severity.ts';
import type { Report } from '../engine/summary.ts';
import type { Io } from '../io.ts';
import { lint } from '../lint.ts';
import type { FileSystem } from '../load/file-system.ts';
import { UsageError } from '../load/usage-error.ts';
import { type Format, formatNames, formats } from '../report/formats.ts';
import type { ReportStyle, RunSettings, Verbosity } from '../report/reporter.ts';
import { nearest } from '../values/nearest.ts';
import { reportAside } from './aside.ts';
import { askedOf } from './asked.ts';
import { baselineOf, useBaseline } from './baseline-option.ts';
import type { Call } from './call.ts';
import { causedBy } from './changed.ts';
import { commandDescriptions } from './descriptions.ts';
import { fixingOf, makeFixes } from './fixing.ts';
import { progressOf } from './progress.ts';
import { oneOf } from './settings.ts';
import { columnsOf, wantsColors } from './terminal.ts';
import { writeOutput } from './write-output.ts';

/**
 * `no502 [paths..]`: lints, prints the report and tells the exit code.
 *
 * @throws UsageError where the call or the configuration file is wrong.
 */
export async function check(call: Call, io: Io, rules: readonly Rule[]): Promise<number> {
  const ruleIds = rules.map(({ id }) => id);
  const format = formatOf(call);
  const verbosity = verbosityOf(call);
  const fixing = fixingOf(call);
  const output = call.value('output');
  const { input, config, settings: asked } = await askedOf(call, io, ruleIds);
  const { fs, settingsFs, paths, change } = input;
  const { failOn, ...given } = asked;
  // A change is linted with all that stands around it.
  const settings =
    change && given.root === undefined && given.machines.length === 0 ? { ...given, paths: ['.'] } : given;
  refuseMistypedCommand({ ...call, words: paths }, io);

  const baseline = await baselineOf(call, { ...io, fs: settingsFs });

  const style: ReportStyle = {
    verbosity,
    colors: output === undefined && wantsColors(io.stdout, io.env),
    columns: columnsOf(io.stdout, io.env),
    canFix: fs === io.fs,
  };
  const lintOn = (on: FileSystem, only?: ReadonlySet<string>): Promise<Report> =>
    lint({ fs: on, cwd: io.cwd, rules: only ? rulesFor(only, rules) : rules, ...settings });
  const progress = progressOf(fs, io);
  const fixed = fixing && (await makeFixes({ ...settings, ...style, fixing, output, lint: lintOn }, io));
  const linted = fixed?.report ?? (await lintOn(progress.fs).finally(() => progress.end()));
  const { ruleLevels = new Map() } = settings.options;
  const run: RunSettings = { rules: rules.filter(({ id }) => ruleLevels.get(id) !== 'off'), failOn };
  const scope = { isWhole: settings.paths.length === 0, rules: new Set(run.rules.map(({ id }) => id)) };
  const judged = baseline ? useBaseline(linted, baseline, scope, { ...io, fs: settingsFs }) : linted;
  const task = {
    ...settings,
    fs,
    cwd: io.cwd,
    config: config?.source.path,
    found: linted.findings,
    lint: lintOn,
  };
  const report = change ? await causedBy(judged, { ...task, change }) : judged;

  const text = fixed?.diff ?? formats[format](report, style, run);
  if (output === undefined) io.stdout.write(text);
  else writeOutput(io, output, text, settings.root);
  // The pretty report names them in its summary; programs must not find them among the findings.
  if (format !== 'pretty' || verbosity === 'quiet') reportAside(report, io);
  if (report.reading.unread.some(({ named }) => named)) return 2;
  return fails(report.findings, failOn) ? 1 : 0;
}

/** Some of the rules, or all where one of them judges what the others came to. */
function rulesFor(ids: ReadonlySet<string>, rules: readonly Rule[]): readonly Rule[] {
  const asked = rules.filter(({ id }) => ids.has(id));
  return asked.some(({ reads }) => reads.includes('suppressions')) ? rules : asked;
}

function formatOf(call: Call): Format {
  const given = call.value('format');
  if (given === undefined) return 'pretty';
  return oneOf('--format', given, formatNames);
}

function verbosityOf(call: Call): Verbosity {
  const isQuiet = call.has('quiet');
  const isVerbose = call.has('verbose');
  if (isQuiet && isVerbose) throw new UsageError('--quiet and --verbose exclude each other');
  if (isQuiet) return 'quiet';
  return isVerbose ? 'verbose' : 'normal';
}

// `no502 exlpain` asks for a command and not for a file, if there is no such file.
function refuseMistypedCommand({ words }: Call, { fs, cwd }: Io): void {
  const [word] = words;
  if (word === undefined || /[/.*]/.test(word)) return;
  // As other programs have it.
  const isOption = word === 'help' || word === 'version';
  const meant = nearest(
    word,
    commandDescriptions.map(({ name }) => name),
  );
  if (meant === undefined && !isOption) return;
  try {
    fs.status(resolve(cwd, word));
  } catch {
    const instead = isOption ? `"--${word}"` : `the command "${meant}"`;
    throw new UsageError(`${word}: no such file; did you mean ${instead}?`);
  }
}
