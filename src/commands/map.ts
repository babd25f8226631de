import type { Rule } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { lintDeployment } from '../lint.ts';
import { graphOf } from '../map/build-graph.ts';
import { mapFormatNames, mapFormats } from '../map/formats.ts';
import { reportAside } from './aside.ts';
import { askedOf } from './asked.ts';
import type { Call } from './call.ts';
import { progressOf } from './progress.ts';
import { oneOf } from './settings.ts';
import { columnsOf, wantsColors } from './terminal.ts';
import { writeOutput } from './write-output.ts';

/**
 * `no502 map [paths..]`: draws who talks to whom. Exit code 0 whatever is broken: the map shows, `check` judges.
 *
 * @throws UsageError where the call or the configuration file is wrong.
 */
export async function map(call: Call, io: Io, rules: readonly Rule[]): Promise<number> {
  const format = oneOf('--format', call.value('format') ?? 'tree', mapFormatNames);
  const output = call.value('output');
  const { input, settings } = await askedOf(
    call,
    io,
    rules.map(({ id }) => id),
  );
  const progress = progressOf(input.fs, io);
  const request = { fs: progress.fs, cwd: io.cwd, rules, ...settings };
  const { report, deployment } = await lintDeployment(request).finally(() => progress.end());
  const colors = output === undefined && wantsColors(io.stdout, io.env);
  const style = { colors, columns: columnsOf(io.stdout, io.env) };
  const text = mapFormats[format](graphOf(deployment, report.findings), style);
  if (output === undefined) io.stdout.write(text);
  else writeOutput(io, output, text, settings.root);
  reportAside(report, io);
  return report.reading.unread.some(({ named }) => named) ? 2 : 0;
}
