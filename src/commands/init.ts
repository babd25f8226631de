import { relative, resolve } from 'node:path';
import { configName } from '../config/read-config.ts';
import { type OpenPort, starterConfig } from '../config/starter.ts';
import type { Rule } from '../engine/rule.ts';
import type { Report } from '../engine/summary.ts';
import type { Io } from '../io.ts';
import { lint } from '../lint.ts';
import { errorCodeOf } from '../load/errno.ts';
import { findRoots } from '../load/find-roots.ts';
import { UsageError } from '../load/usage-error.ts';
import { isLoopback } from '../model/links/address.ts';
import { count } from '../report/count.ts';
import { placeText } from '../report/summary-lines.ts';
import { visible } from '../report/visible.ts';
import type { Call } from './call.ts';
import { writeOutput } from './write-output.ts';

/**
 * `no502 init`: begins a no502.yaml with what is found below the current directory.
 *
 * @throws UsageError where there is one already, which is never overwritten, or where it cannot be written.
 */
export async function init(call: Call, io: Io, rules: readonly Rule[]): Promise<number> {
  const [word] = call.words;
  if (word !== undefined) throw new UsageError(`init takes no "${word}"; --root DIR names the / of the host`);
  if (isThere(io)) throw new UsageError(`${configName} is there already, and is left as it is`);
  const given = call.value('root');
  const roots = given === undefined ? findRoots(io.fs, io.cwd) : [resolve(io.cwd, given)];
  // Of several, only a person knows which one is meant.
  const [only] = roots.length === 1 ? roots : [];
  const root = only === undefined ? undefined : relative(io.cwd, only) || '.';
  const report = await reportOn(root, io, rules);
  const openPorts = report ? openPortsOf(report) : [];
  writeOutput(io, configName, starterConfig({ ...(root !== undefined && { root }), openPorts }), root);
  const lines = [
    `wrote ${configName}`,
    ...(root === undefined ? [] : [`the host is ${root}`]),
    ...(roots.length > 1
      ? [
          `${count(roots.length, 'host')} found, none of them chosen: ${roots.map((each) => relative(io.cwd, each)).join(', ')}`,
        ]
      : []),
    ...projectsOf(report).map((file) => `${file} is a project whose services are hosts: no502 . lints them`),
    ...(openPorts.length > 0
      ? [`${count(openPorts.length, 'pass', 'passes')} to ports that no app declares: see apps`]
      : []),
  ];
  for (const line of lines) io.stdout.write(`${visible(line)}\n`);
  return 0;
}

function isThere({ fs, cwd }: Io): boolean {
  try {
    fs.status(resolve(cwd, configName));
    return true;
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
    return false;
  }
}

/** What is found in the root or, without one, below the current directory; nothing where there is no configuration yet. */
async function reportOn(
  root: string | undefined,
  { fs, cwd }: Io,
  rules: readonly Rule[],
): Promise<Report | undefined> {
  try {
    const where = root === undefined ? { paths: ['.'] } : { paths: [], root };
    return await lint({ fs, cwd, exclude: [], options: {}, rules, ...where });
  } catch (error) {
    if (error instanceof UsageError && root === undefined) return undefined;
    throw error;
  }
}

function projectsOf(report: Report | undefined): readonly string[] {
  return [...new Set((report?.reading.files ?? []).flatMap(({ project }) => project ?? []))];
}

/** The loopback address of a container is its own, and nothing that is declared for the machine listens there. */
function openPortsOf({ reading }: Report): readonly OpenPort[] {
  const inContainers = new Set(
    reading.files.flatMap(({ file, project }) => (project === undefined ? [] : [file])),
  );
  const onMachine = reading.passes.filter(({ at }) => !inContainers.has(at.source.file));
  return onMachine.flatMap(({ unanswered, pass, at }) =>
    unanswered.flatMap((address) =>
      address.kind === 'tcp' && isLoopback(address.host)
        ? [{ port: address.port, dialedBy: visible(`${pass} at ${placeText(at)}`) }]
        : [],
    ),
  );
}
