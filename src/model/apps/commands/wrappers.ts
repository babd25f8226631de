import type { Word } from '../../../syntax/command-line/words.ts';
import { baseName } from '../../../syntax/path-parts.ts';
import type { Variable } from '../environment.ts';
import { given } from './call.ts';

/** A program that starts another one, which is what its arguments end in. */
interface Wrapper {
  readonly programs: readonly string[];
  /** Words that must come first: `bundle exec`. */
  readonly commands?: readonly string[];
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** How many words that are no options come before the other program: the user of `gosu`. */
  readonly skip?: number;
}

const wrappers: readonly Wrapper[] = [
  { programs: ['env', 'cross-env', 'cross-env-shell'], valued: ['-u', '-C', '--unset', '--chdir'] },
  { programs: ['nohup', 'exec', 'setsid', 'catchsegv', 'newrelic-admin', 'ddtrace-run', 'stdbuf'] },
  { programs: ['opentelemetry-instrument', 'authbind', 'dumb-init', 'catatonit', 'xvfb-run'] },
  { programs: ['nice', 'ionice', 'chrt', 'taskset'], valued: ['-n', '-c', '-p'] },
  { programs: ['sudo', 'doas'], valued: ['-u', '-g', '--user', '--group'] },
  { programs: ['runuser', 'setpriv'], valued: ['-u', '-g', '--reuid', '--regid'] },
  { programs: ['gosu', 'su-exec'], skip: 1 },
  { programs: ['chpst'], valued: ['-u', '-U', '-e', '-m', '-o'] },
  { programs: ['tini'], valued: ['-e', '-p'] },
  { programs: ['timeout'], valued: ['-s', '-k'], skip: 1 },
  { programs: ['dotenv'], valued: ['-e', '-f', '-c'] },
  { programs: ['npx', 'bunx', 'pnpx'], valued: ['-p', '--package'] },
  { programs: ['npm', 'pnpm', 'yarn'], commands: ['exec', 'dlx'] },
  { programs: ['poetry', 'pipenv', 'pdm', 'hatch', 'rye'], commands: ['run'] },
  { programs: ['uv'], commands: ['run'], valued: ['--with', '--directory', '--project', '-p', '--python'] },
  { programs: ['bundle'], commands: ['exec'] },
  { programs: ['conda', 'mamba', 'micromamba'], commands: ['run'], valued: ['-n', '-p', '--name'] },
];

const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** What a wrapped command starts, and the variables that are set on the way. */
export interface Unwrapped {
  readonly words: readonly Word[];
  readonly variables: readonly (readonly [string, Variable])[];
}

/** Takes off assignments and programs that only start others, until the one is left that runs. */
export function unwrap(words: readonly Word[]): Unwrapped {
  const variables: (readonly [string, Variable])[] = [];
  let rest = words;
  // Nobody nests deeper than this.
  for (let depth = 0; depth < 12; depth++) {
    const [first, ...args] = rest;
    if (!first) break;
    const assigned = assignment.exec(first.text);
    if (assigned) {
      const { text: value, span, isUnknown } = given(first, assigned[2] ?? '');
      variables.push([assigned[1] ?? '', { value, span, ...(isUnknown && { isUnknown }) }]);
      rest = args;
      continue;
    }
    const inner = startedBy(baseName(first.text), args);
    if (!inner) break;
    rest = inner;
  }
  return { words: rest, variables };
}

function startedBy(program: string, args: readonly Word[]): readonly Word[] | undefined {
  const wrapper = wrappers.find(({ programs }) => programs.includes(program));
  if (!wrapper) return undefined;
  const { commands, valued = [], skip = 0 } = wrapper;
  let at = 0;
  if (commands) {
    if (!commands.includes(args[0]?.text ?? '')) return undefined;
    at++;
  }
  if (program === 'newrelic-admin') at++;
  for (let skipped = 0; at < args.length; at++) {
    const text = args[at]?.text ?? '';
    if (text === '--') return args.slice(at + 1);
    if (text.startsWith('-')) {
      if (valued.includes(text)) at++;
    } else if (skipped < skip) skipped++;
    else return args.slice(at);
  }
  return undefined;
}
