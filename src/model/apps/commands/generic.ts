import { readEnvFile } from '../../../syntax/env-file/env-file.ts';
import { bindAddress } from './bind-address.ts';
import { type Call, type CommandListeners, listensAt, optionValues, portOf, variableOf } from './call.ts';

/** How programs of all kinds are told where to listen, where nothing else is known of them. */
const addressOptions: readonly string[] = [
  ...[
    '--listen',
    '-listen',
    '--addr',
    '-addr',
    '--address',
    '--bind',
    '--http-address',
    '--web.listen-address',
  ],
  ...['--listen-address', '--http-addr', '--server-address'],
];
const portOptions: readonly string[] = ['--port', '-port', '--http-port', '--listen-port', '--http.port'];
const hostOptions: readonly string[] = ['--host', '-host', '--hostname', '--bind-address'];
const portVariables: readonly string[] = ['PORT', 'HTTP_PORT', 'APP_PORT', 'SERVER_PORT', 'LISTEN_PORT'];

/**
 * A program of which nothing is known: an option or a variable of a usual name is most likely what it listens on, and no
 * more than that. What it speaks is not known at all.
 */
export function listenersOfUnknown(call: Call): CommandListeners {
  const { args, environment, program } = call;
  const guess = { protocol: 'http', isProtocolGuessed: true, isHostDefault: true } as const;
  const address = optionValues(args, addressOptions).at(-1);
  if (address && !address.isUnknown) {
    const bound = bindAddress(address.text, { host: '*' });
    if (bound)
      return listensAt(bound, { ...guess, span: address.span, doubt: doubtOf(program, 'its option') });
  }
  const option = optionValues(args, portOptions).at(-1);
  const host = optionValues(args, hostOptions).at(-1);
  const variable = option ? undefined : (variableOf(environment, portVariables) ?? variableOfDotenv(call));
  const port = option ?? variable;
  const number = port && !port.isUnknown ? portOf(port.text) : undefined;
  if (!port || number === undefined) return { kind: 'unplaced' };
  return listensAt(
    { kind: 'tcp', host: host && !host.isUnknown ? host.text : '*', port: number },
    {
      ...guess,
      span: port.span,
      doubt: doubtOf(program, variable ? `the variable ${variable.name}` : 'that option'),
    },
  );
}

/**
 * Many apps load a `.env` of their directory by themselves; nothing but their code tells whether they do.
 * https://github.com/motdotla/dotenv#readme
 */
function variableOfDotenv({ directory, nearby }: Call): ReturnType<typeof variableOf> {
  const source = directory === undefined ? undefined : nearby.read(`${directory}/.env`);
  if (!source) return undefined;
  const entries = readEnvFile(source, 'dotenv').map((entry) => [entry.name, entry] as const);
  return variableOf({ variables: new Map(entries), isWhole: false }, portVariables);
}

function doubtOf(program: string, what: string): string {
  return `${program} takes its port from elsewhere than ${what}`;
}
