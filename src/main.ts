import { rules } from '../rules/index.ts';
import { homepage, version } from './about.ts';
import { type Call, parseCall } from './commands/call.ts';
import { check } from './commands/check.ts';
import { completion } from './commands/completion.ts';
import { explain } from './commands/explain.ts';
import { helpOf } from './commands/help.ts';
import { init } from './commands/init.ts';
import { map } from './commands/map.ts';
import { listRules } from './commands/rules.ts';
import { upgrade } from './commands/upgrade.ts';
import { watch } from './commands/watch.ts';
import type { Io } from './io.ts';
import { UsageError } from './load/usage-error.ts';
import { visible } from './report/visible.ts';

/**
 * The command, from its arguments to its exit code: 0 nothing at or above `--fail-on`, 1 findings, 2 the call or the
 * configuration file is wrong, 3 a fault of ours. Never throws.
 */
export function main(argv: readonly string[], io: Io): Promise<number> {
  return attempt(io, () => run(parseCall(argv), io));
}

/** Says what went wrong, where something does. */
async function attempt(io: Io, action: () => Promise<number>): Promise<number> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UsageError) {
      for (const line of error.message.split('\n')) io.stderr.write(`no502: ${visible(line)}\n`);
      return 2;
    }
    io.stderr.write(
      `no502: a fault of no502 itself; please report it at ${homepage}/issues\n${story(error)}`,
    );
    return 3;
  }
}

async function run(call: Call, io: Io): Promise<number> {
  if (call.has('help')) {
    io.stdout.write(helpOf(call.command));
    return 0;
  }
  if (call.has('version')) {
    io.stdout.write(`${version}\n`);
    return 0;
  }
  switch (call.command.name) {
    case 'rules':
      return listRules(call, io, rules);
    case 'map':
      return map(call, io, rules);
    case 'explain':
      return explain(call, io, rules);
    case 'completion':
      return completion(call, io, rules);
    case 'init':
      return init(call, io, rules);
    case 'upgrade':
      return upgrade(call, io, rules);
    default:
      return call.has('watch')
        ? watch(call, io, (on) => attempt(on, () => check(call, on, rules)))
        : check(call, io, rules);
  }
}

/** The stack of an error and of what caused it. */
function story(error: unknown): string {
  const lines: string[] = [];
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    lines.push(...String(cause instanceof Error ? cause.stack : cause).split('\n'));
  }
  return lines.map((line) => `  ${visible(line)}\n`).join('');
}
