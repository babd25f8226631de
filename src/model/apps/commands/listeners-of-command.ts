import type { Word } from '../../../syntax/command-line/words.ts';
import { baseName } from '../../../syntax/path-parts.ts';
import { type Environment, fillIn, withVariables } from '../environment.ts';
import type { Call, CommandListeners, NearbyFiles } from './call.ts';
import { listenersOfContainer } from './families/containers.ts';
import { listenersOfDotnet } from './families/dotnet.ts';
import { listenersOfFcgiwrap, listenersOfPhpCgi, listenersOfSpawnFcgi } from './families/fastcgi.ts';
import { listenersOfJava } from './families/jvm.ts';
import { nodeServers } from './families/node.ts';
import { listenersOfPhp, phpServers } from './families/php.ts';
import { pythonServers } from './families/python.ts';
import { rubyServers } from './families/ruby.ts';
import { listenersOfUwsgi } from './families/uwsgi.ts';
import { listenersOfUnknown } from './generic.ts';
import { listenersOfInterpreter } from './interpreters.ts';
import { packageScript } from './package-script.ts';
import { listenersBySpec, type ServerSpec } from './server-spec.ts';
import { shells, simpleCommand } from './shell.ts';
import { isSilent } from './silent.ts';
import { unwrap } from './wrappers.ts';

/** A command as it is started. */
export interface StartedCommand {
  /** The program first, variables in it not yet filled in. */
  readonly words: readonly Word[];
  readonly environment: Environment;
  /** Where it is started; absent where that is not known. */
  readonly directory?: string;
  readonly nearby: NearbyFiles;
}

const specs: ReadonlyMap<string, readonly ServerSpec[]> = byProgram([
  ...pythonServers,
  ...nodeServers,
  ...phpServers,
  ...rubyServers,
]);

const special: ReadonlyMap<string, (call: Call) => CommandListeners> = new Map(
  Object.entries({
    uwsgi: listenersOfUwsgi,
    php: listenersOfPhp,
    artisan: (call) => listenersOfPhp({ ...call, args: [call.word, ...call.args] }),
    console: (call) => listenersOfPhp({ ...call, args: [call.word, ...call.args] }),
    'php-cgi': listenersOfPhpCgi,
    'spawn-fcgi': listenersOfSpawnFcgi,
    fcgiwrap: listenersOfFcgiwrap,
    java: listenersOfJava,
    dotnet: listenersOfDotnet,
    docker: listenersOfContainer,
    podman: listenersOfContainer,
  }),
);

/** How many commands one inside the other are looked into: a script of a script of a shell. */
const deepest = 8;

/**
 * Where a command has its program listen: a function of its words, its environment, its directory and the files nearby,
 * of which none is run.
 */
export function listenersOfCommand(command: StartedCommand, depth = 0): CommandListeners {
  const { nearby, directory } = command;
  const { words, variables } = unwrap(command.words);
  const environment = withVariables(command.environment, variables);
  const [named, ...rest] = words;
  if (!named || depth > deepest) return { kind: 'unplaced' };
  const word = fillIn(named, environment);
  const program = baseName(word.text);
  const args = rest.map((each) => fillIn(each, environment));
  const call: Call = {
    ...{ program, word, args, environment, nearby },
    ...(directory !== undefined && { directory }),
  };
  const inner = (next: readonly Word[], at = directory): CommandListeners =>
    listenersOfCommand(
      { words: next, environment, nearby, ...(at !== undefined && { directory: at }) },
      depth + 1,
    );
  if (shells.has(program)) {
    const option = rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
    const line = option === -1 ? undefined : rest[option + 1];
    const simple = line && simpleCommand(line);
    return simple ? inner(simple.words, simple.directory ?? directory) : listenersOfUnknown(call);
  }
  const script = packageScript(program, args, directory, nearby);
  if (script?.kind === 'found') return inner(script.words, script.directory);
  if (script) return listenersOfUnknown({ ...call, program: `the script "${script.name}"`, args: [] });
  if (isSilent(program)) return { kind: 'silent' };
  const known = special.get(program.replace(/(?<=^php(?:-cgi)?)[\d.]+$/, ''));
  if (known) return orGuess(known(call), call);
  const spec = specs
    .get(program)
    ?.find(({ commands }) => !commands || args.some(({ text }) => commands.includes(text)));
  if (spec) return listenersBySpec(spec, call);
  return listenersOfInterpreter(call, inner, isServer) ?? listenersOfUnknown(call);
}

/** What a program is told by a usual name is better than nothing. */
function orGuess(found: CommandListeners, call: Call): CommandListeners {
  return found.kind === 'unplaced' ? listenersOfUnknown(call) : found;
}

/** True for a program that is known to serve, or that starts others which do. */
export function isServer(program: string): boolean {
  return specs.has(program) || special.has(program);
}

function byProgram(all: readonly ServerSpec[]): ReadonlyMap<string, readonly ServerSpec[]> {
  const found = new Map<string, ServerSpec[]>();
  for (const spec of all) {
    for (const program of spec.programs) {
      const same = found.get(program);
      if (same) same.push(spec);
      else found.set(program, [spec]);
    }
  }
  return found;
}
