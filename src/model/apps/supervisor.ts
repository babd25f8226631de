import { splitWords, type Word } from '../../syntax/command-line/words.ts';
import type { Source } from '../../syntax/source.ts';
import {
  readSupervisor,
  type SupervisorEntry,
  type SupervisorSection,
} from '../../syntax/supervisor/supervisor-conf.ts';
import type { AppProcess } from './app.ts';
import { bindAddress } from './commands/bind-address.ts';
import type { CommandListeners, NearbyFiles } from './commands/call.ts';
import { listenersOfCommand } from './commands/listeners-of-command.ts';
import { type Environment, emptyEnvironment, type Variable, withVariables } from './environment.ts';
import { type AppReading, declare, together } from './reading.ts';

/** So many copies of a program are looked at; more ports than that are nobody's upstream. */
const COPIES_MAX = 64;

/** The programs of supervisor's files. https://supervisord.org/configuration.html#program-x-section-settings */
export function supervisorApps(sources: readonly Source[], nearby: NearbyFiles): AppReading {
  const sections = sources.flatMap((source) =>
    readSupervisor(source).map((section) => ({ section, source })),
  );
  const ofDaemon = sections.filter(({ section }) => section.name === 'supervisord');
  // What supervisor itself was started with is handed on to its programs, and stands in no file.
  const inherited = withVariables(
    emptyEnvironment,
    ofDaemon.flatMap(({ section, source }) =>
      variablesIn(settingOf(section, 'environment'), plainNames(source)),
    ),
    false,
  );
  return together(
    sections.map(({ section, source }) => {
      const kind = /^(program|fcgi-program):(.+)$/.exec(section.name);
      if (!kind) return { apps: [], unplaced: [], sources: [] };
      return { ...readProgram(section, source, inherited, nearby), sources: [source] };
    }),
  );
}

function readProgram(
  section: SupervisorSection,
  source: Source,
  inherited: Environment,
  nearby: NearbyFiles,
): Omit<AppReading, 'sources'> {
  const name = section.name.slice(section.name.indexOf(':') + 1).trim();
  const command = settingOf(section, 'command');
  if (!command) return { apps: [], unplaced: [] };
  const declared = {
    name,
    declaredBy: `the program ${name} of supervisor`,
    span: command.span,
    process: processOf(section),
    ...(/^(?:false|no|off|0)$/i.test(settingOf(section, 'autostart')?.value.trim() ?? '') && {
      doubt: `${name} is not started by hand`,
    }),
  };
  const socket = settingOf(section, 'socket');
  if (section.name.startsWith('fcgi-program:') && socket) {
    return declare(fastcgiSocket(section, socket), declared);
  }
  const copies = Math.min(COPIES_MAX, numberOf(section, 'numprocs') ?? 1);
  const first = numberOf(section, 'numprocs_start') ?? 0;
  const readings = Array.from({ length: copies }, (_, index) => {
    const names = namesOf(section, source, name, first + index);
    const environment = withVariables(inherited, variablesIn(settingOf(section, 'environment'), names));
    const directory = settingOf(section, 'directory')?.value.trim();
    const words = splitWords(command.value, source, command.span.start, 'shell').map((word) => ({
      ...expand(word, names),
      isVerbatim: true as const,
    }));
    const listeners = listenersOfCommand({
      words,
      environment,
      nearby,
      ...(directory?.startsWith('/') && { directory }),
    });
    return { ...declare(listeners, declared), sources: [] };
  });
  return together(readings);
}

/** Its socket is opened by supervisor, for the owner alone unless told. https://supervisord.org/configuration.html#fcgi-program-x-section-settings */
function fastcgiSocket(section: SupervisorSection, { value, span }: SupervisorEntry): CommandListeners {
  const address = bindAddress(value.trim().replace('unix://', 'unix:'), { host: '*' });
  if (!address) return { kind: 'unplaced' };
  const mode = settingOf(section, 'socket_mode');
  const [owner, group] = settingOf(section, 'socket_owner')?.value.trim().split(':') ?? [];
  const bits = mode ? Number.parseInt(mode.value.trim(), 8) : 0o700;
  const socket = {
    mode: bits,
    ...(mode && { span: mode.span }),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
  };
  const isKnown = address.kind === 'unix' && !Number.isNaN(bits);
  return {
    kind: 'listens',
    listeners: [{ address, protocol: 'fastcgi', span, ...(isKnown && { socket }) }],
  };
}

function processOf(section: SupervisorSection): AppProcess {
  const user = settingOf(section, 'user')?.value.trim();
  const directory = settingOf(section, 'directory')?.value.trim();
  return { ...(user !== undefined && { user }), ...(directory?.startsWith('/') && { directory }) };
}

/** Of a key that stands twice the last counts. */
function settingOf({ entries }: SupervisorSection, key: string): SupervisorEntry | undefined {
  return entries.findLast((entry) => entry.key === key);
}

function numberOf(section: SupervisorSection, key: string): number | undefined {
  const text = settingOf(section, key)?.value.trim();
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

type Names = ReadonlyMap<string, string>;

function plainNames(source: Source): Names {
  return new Map([['here', source.path.slice(0, source.path.lastIndexOf('/'))]]);
}

function namesOf(section: SupervisorSection, source: Source, name: string, number: number): Names {
  return new Map([
    ...plainNames(source),
    ['program_name', name],
    ['group_name', name],
    ['process_num', String(number)],
    ['numprocs', String(numberOf(section, 'numprocs') ?? 1)],
  ]);
}

/** Fills in `%(program_name)s` and `%(process_num)02d`; `%(ENV_X)s` is known only to the running supervisor. */
function expand(word: Word, names: Names): Word {
  let isUnknown = word.isUnknown ?? false;
  const text = word.text
    .replace(/%\((\w+)\)(0?)(\d*)([sd])/g, (whole, name: string, zero: string, width: string) => {
      const value = names.get(name);
      if (value === undefined) isUnknown = true;
      return value?.padStart(Number(width), zero === '' ? ' ' : '0') ?? whole;
    })
    .replaceAll('%%', '%');
  return { ...word, text, ...(isUnknown && { isUnknown: true }) };
}

const assignment = /([A-Za-z_][\w.]{0,100})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^,\s"']+))/g;

/** `KEY="value",OTHER=value`. */
function variablesIn(
  entry: SupervisorEntry | undefined,
  names: Names,
): readonly (readonly [string, Variable])[] {
  if (!entry) return [];
  const { source, start } = entry.span;
  return [...entry.value.matchAll(assignment)].map((match) => {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    const isQuoted = match[4] === undefined;
    const end = start + match.index + match[0].length - (isQuoted ? 1 : 0);
    const span = { source, start: end - value.length, end };
    const { text, isUnknown } = expand({ text: value, span }, names);
    return [match[1] ?? '', { value: text, span, ...(isUnknown && { isUnknown }) }];
  });
}
