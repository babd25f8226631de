import type { Word } from '../../../syntax/command-line/words.ts';
import { readEnvFile } from '../../../syntax/env-file/env-file.ts';
import { baseName } from '../../../syntax/path-parts.ts';
import { withVariables } from '../environment.ts';
import { bindAddress } from './bind-address.ts';
import { type Call, type CommandListeners, listensAt, optionValues } from './call.ts';
import { listenersOfUnknown } from './generic.ts';
import { listenersBySpec, type ServerSpec } from './server-spec.ts';

/** Programs that run a script, and their options that take the next word as a value. */
const interpreters: readonly { readonly name: RegExp; readonly valued: readonly string[] }[] = [
  { name: /^python[\d.]*$/, valued: ['-W', '-X'] },
  {
    name: /^(?:node|nodejs|bun|nodemon|ts-node|tsx|node-dev)$/,
    valued: [
      '-r',
      '--require',
      '--import',
      '--loader',
      '--env-file',
      '--env-file-if-exists',
      '-C',
      '-w',
      '--watch',
    ],
  },
  { name: /^(?:ruby[\d.]*|perl[\d.]*|deno)$/, valued: ['-I', '-r', '-C'] },
];

/** Scripts that a framework builds, which read their port from the environment. */
const builtServers: readonly (ServerSpec & { readonly script: RegExp })[] = [
  {
    script: /(?:^|\/)\.output\/server\/index\.mjs$/,
    programs: ['nitro'],
    url: 'https://nitro.build/deploy/runtimes/node#environment-variables',
    protocol: 'http',
    portVariables: ['NITRO_PORT', 'PORT'],
    hostVariables: ['NITRO_HOST', 'HOST'],
    defaults: { host: '*', port: 3000 },
  },
  {
    script: /(?:^|\/)\.next\/standalone\/(?:[^/]+\/){0,8}server\.js$/,
    programs: ['next'],
    url: 'https://nextjs.org/docs/app/api-reference/config/next-config-js/output',
    protocol: 'http',
    portVariables: ['PORT'],
    hostVariables: ['HOSTNAME'],
    defaults: { host: '0.0.0.0', port: 3000 },
  },
];

/**
 * What an interpreter runs: a module (`python -m uvicorn`), a program of its ecosystem (`node node_modules/.bin/next`), a
 * server that a framework has built, or a script of which nothing is known. `undefined` where the program is none.
 */
export function listenersOfInterpreter(
  call: Call,
  inner: (words: readonly Word[]) => CommandListeners,
  isKnown: (program: string) => boolean,
): CommandListeners | undefined {
  const interpreter = interpreters.find(({ name }) => name.test(call.program));
  if (!interpreter) return undefined;
  const { args } = call;
  const isPython = call.program.startsWith('python');
  const at = args.findIndex(
    ({ text }, index) =>
      (isPython && text === '-m') ||
      (!text.startsWith('-') && !interpreter.valued.includes(args[index - 1]?.text ?? '')),
  );
  const script = args[at];
  if (!script) return listenersOfUnknown(call);
  const rest = args.slice(at + 1);
  if (isPython && script.text === '-m') {
    const [module] = rest;
    if (module?.text === 'http.server') return listenersOfHttpServer(rest.slice(1));
    return module ? inner(rest) : { kind: 'unplaced' };
  }
  if (script.text === 'run' && call.program === 'bun') return inner([call.word, ...rest]);
  const name = baseName(script.text);
  if (/^(?:manage\.py|django-admin)$/.test(name)) return listenersOfDjango(call, rest);
  if (isKnown(name) || /^(?:celery|sidekiq)$/.test(name)) return inner(args.slice(at));
  const loaded = withEnvFile(call, args.slice(0, at));
  const own: Call = { ...loaded, program: name, args: rest };
  const built = builtServers.find((each) => each.script.test(script.text));
  return built ? listenersBySpec(built, own) : listenersOfUnknown(own);
}

/** `node --env-file=.env` sets what is not set already. https://nodejs.org/api/cli.html#--env-fileconfig */
function withEnvFile(call: Call, options: readonly Word[]): Call {
  const { environment, directory, nearby } = call;
  let loaded = environment;
  for (const { text } of optionValues(options, ['--env-file', '--env-file-if-exists'])) {
    const path = text.startsWith('/') || directory === undefined ? text : `${directory}/${text}`;
    const source = nearby.read(path);
    const entries = source ? readEnvFile(source, 'dotenv') : [];
    const unset = entries.filter(({ name }) => !environment.variables.has(name));
    loaded = withVariables(
      loaded,
      unset.map((entry) => [entry.name, entry] as const),
      source !== undefined,
    );
  }
  return { ...call, environment: loaded };
}

/** `python -m http.server 8000 --bind 127.0.0.1`. https://docs.python.org/3/library/http.server.html#command-line-interface */
function listenersOfHttpServer(args: readonly Word[]): CommandListeners {
  const port = args.find(({ text }) => /^\d+$/.test(text));
  const host = optionValues(args, ['-b', '--bind']).at(-1)?.text ?? '*';
  const address = port && !port.isUnknown ? bindAddress(port.text, { host, takesPort: true }) : undefined;
  return port ? listensAt(address, { protocol: 'http', span: port.span }) : { kind: 'unplaced' };
}

/** `manage.py runserver 0.0.0.0:8000`; a port alone is that of 127.0.0.1. https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver */
function listenersOfDjango(call: Call, [command, ...args]: readonly Word[]): CommandListeners {
  if (command?.text !== 'runserver') return { kind: 'silent' };
  const told = args.find(({ text }) => !text.startsWith('-'));
  if (!told) {
    return listensAt(
      { kind: 'tcp', host: '127.0.0.1', port: 8000 },
      { protocol: 'http', span: call.word.span, doubt: 'runserver is told another port than its default' },
    );
  }
  const text = told.text.replace(/^0:/, '0.0.0.0:');
  const address = told.isUnknown
    ? undefined
    : bindAddress(text, { host: '127.0.0.1', port: 8000, takesPort: true });
  return listensAt(address, { protocol: 'http', span: told.span });
}
