import type { AppLimit, AppLimits, AppProtocol, SocketFacts } from '../app.ts';
import { type BindDefaults, bindAddress, hostOf } from './bind-address.ts';
import {
  type Call,
  type CommandListeners,
  type DeclaredListener,
  type Given,
  hasOption,
  optionValues,
  portOf,
  variableOf,
} from './call.ts';

/** How a server is told where to listen, as its documentation has it. */
export interface ServerSpec {
  /** Names of the program. */
  readonly programs: readonly string[];
  /** The documentation of its options. */
  readonly url: string;
  /** One of these words must be among its arguments; absent: any. */
  readonly commands?: readonly string[];
  readonly protocol: AppProtocol;
  /** Options that make it speak TLS. */
  readonly tls?: readonly string[];
  /** Options with a whole address, each of which adds one. */
  readonly bind?: readonly string[];
  readonly socket?: readonly string[];
  readonly port?: readonly string[];
  readonly host?: readonly string[];
  /** Variables that it reads where no option says it, the strongest first. */
  readonly portVariables?: readonly string[];
  readonly hostVariables?: readonly string[];
  readonly defaults: { readonly host: string; readonly port?: number; readonly takesPort?: true };
  /** The host where the port comes from a variable, where that is another than the default. */
  readonly variableHost?: string;
  /** Options that hand it a descriptor or a file which may say where it listens. */
  readonly elsewhere?: readonly string[];
  /** A file of its directory that may say it where no option does: `gunicorn.conf.py`. */
  readonly ownFile?: string;
  readonly socketFacts?: (call: Call) => SocketFacts | undefined;
  readonly limits?: (call: Call) => AppLimits;
}

/** Reads a command of a server. */
export function listenersBySpec(spec: ServerSpec, call: Call): CommandListeners {
  const { args, environment, directory } = call;
  const defaults: BindDefaults = { ...spec.defaults, ...(directory !== undefined && { directory }) };
  const isTls = spec.tls !== undefined && hasOption(args, spec.tls);
  const facts = {
    protocol: isTls ? ('https' as const) : spec.protocol,
    ...(spec.limits && { limits: spec.limits(call) }),
  };
  const unread = args.find(({ isUnknown, text }) => isUnknown && !text.startsWith('-'));
  const doubt = unread && { doubt: `${spelling(unread.span)} holds options of its own` };
  const bound = boundBy(spec, call);
  if (bound.length > 0) {
    const listeners = bound.flatMap((each): readonly DeclaredListener[] => {
      if (each.isUnknown) return [];
      const address = each.isSocket
        ? bindAddress(each.text.startsWith('/') ? each.text : `unix:${each.text}`, defaults)
        : bindAddress(each.text, defaults);
      const socket = address?.kind === 'unix' ? spec.socketFacts?.(call) : undefined;
      return address ? [{ ...facts, address, span: each.span, ...doubt, ...(socket && { socket }) }] : [];
    });
    return listeners.length === bound.length ? { kind: 'listens', listeners } : { kind: 'unplaced' };
  }
  const hostOption = optionValues(args, spec.host).at(-1);
  const host = hostOption ?? variableOf(environment, spec.hostVariables);
  if (host?.isUnknown) return { kind: 'unplaced' };
  const option = optionValues(args, spec.port).at(-1);
  if (option) return atPort(option, host?.text ?? spec.defaults.host, { ...facts, ...doubt });
  if (spec.elsewhere && hasOption(args, spec.elsewhere)) return { kind: 'unplaced' };
  const mayBeInFile = spec.ownFile !== undefined && !isAbsent(spec.ownFile, call);
  const inFile = mayBeInFile ? { doubt: `its ${spec.ownFile} says otherwise` } : {};
  const variable = variableOf(environment, spec.portVariables);
  if (variable) {
    const ofHost = host?.text ?? spec.variableHost ?? spec.defaults.host;
    const own = variable.doubt === undefined ? {} : { doubt: variable.doubt };
    return atPort(variable, ofHost, { ...facts, ...inFile, ...doubt, ...own });
  }
  const { port } = spec.defaults;
  if (port === undefined) return { kind: 'unplaced' };
  return {
    kind: 'listens',
    listeners: [
      {
        ...facts,
        address: { kind: 'tcp', host: hostOf(host?.text ?? '', spec.defaults.host), port },
        span: call.word.span,
        doubt: `${call.program} is told another port than its default`,
      },
    ],
  };

  function atPort(port: Given, hostText: string, more: Omit<DeclaredListener, 'address'>): CommandListeners {
    const number = port.isUnknown ? undefined : portOf(port.text);
    if (number === undefined) return { kind: 'unplaced' };
    const address = { kind: 'tcp', host: hostOf(hostText, spec.defaults.host), port: number } as const;
    return {
      kind: 'listens',
      listeners: [{ ...more, address, span: port.span, ...(!host && { isHostDefault: true }) }],
    };
  }
}

function boundBy(
  { bind, socket }: ServerSpec,
  { args }: Call,
): readonly (Given & { readonly isSocket: boolean })[] {
  return [
    ...optionValues(args, bind).map((each) => ({ ...each, isSocket: false })),
    ...optionValues(args, socket).map((each) => ({ ...each, isSocket: true })),
  ];
}

function isAbsent(file: string, { directory, nearby }: Call): boolean {
  return directory !== undefined && nearby.isAbsent(`${directory}/${file}`);
}

function spelling({ source, start, end }: Given['span']): string {
  return source.text.slice(start, end);
}

/** A limit that an option sets, else its default. */
export function limitOf({ args }: Call, names: readonly string[], byDefault: number): AppLimit | undefined {
  const option = optionValues(args, names).at(-1);
  const [name = ''] = names;
  if (!option) return { value: byDefault, name };
  return /^\d+$/.test(option.text) && !option.isUnknown
    ? { value: Number(option.text), name, span: option.span }
    : undefined;
}
