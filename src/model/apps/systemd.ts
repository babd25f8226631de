import type { Root } from '../../load/root.ts';
import { knownUnits, serviceState, unitSettings } from '../../load/systemd-units.ts';
import type { UnitEntry } from '../../syntax/systemd/unit.ts';
import { normalUnixPath } from '../links/address.ts';
import type { App, AppProcess, SocketFacts } from './app.ts';
import { bindAddress } from './commands/bind-address.ts';
import { type CommandListeners, type DeclaredListener, type NearbyFiles, portOf } from './commands/call.ts';
import { listenersOfCommand } from './commands/listeners-of-command.ts';
import { isSilentUnit } from './commands/silent.ts';
import { type AppReading, declare, nothingRead, together } from './reading.ts';
import { commandOf, environmentOf, type UnitSettings } from './systemd-command.ts';

/** A service or a socket unit with its drop-ins. */
export interface Unit {
  readonly name: string;
  /** True where an administrator wrote it; false for one of the distribution. */
  readonly isLocal: boolean;
  settings(section: string): UnitSettings;
  /** Why it may not run, as it reads behind "unless"; absent where nothing speaks against it. */
  readonly doubt?: string;
}

/** The units of a host that a boot starts or somebody wrote. Masked ones are left out. */
export function unitsOf(root: Root): readonly Unit[] {
  const { local, enabled } = knownUnits(root);
  const names = [...new Set([...local, ...enabled])].filter((name) => !name.includes('@.'));
  return names.flatMap((name): readonly Unit[] => {
    if (serviceState(root, name) === 'masked') return [];
    const isOn = enabled.length === 0 || enabled.includes(name);
    return [
      {
        name,
        isLocal: local.includes(name) || local.includes(name.replace(/@.*(?=\.)/, '@')),
        settings: (section) => unitSettings(root, name, section),
        ...(!isOn && { doubt: `${name}, which is not enabled, is not started` }),
      },
    ];
  });
}

/** The apps that units start. A service whose socket systemd opens listens there and nowhere else. */
export function unitApps(units: readonly Unit[], nearby: NearbyFiles): AppReading {
  const sockets = units.filter(({ name }) => name.endsWith('.socket'));
  const services = new Map(
    units.filter(({ name }) => name.endsWith('.service')).map((unit) => [unit.name, unit]),
  );
  const activated = new Set<string>();
  const readings: AppReading[] = [];
  for (const socket of sockets) {
    const service = serviceOf(socket);
    activated.add(service);
    readings.push(readSocket(socket, services.get(service), nearby));
  }
  for (const service of services.values()) {
    if (!activated.has(service.name)) readings.push(readService(service, nearby));
  }
  return together(readings);
}

function serviceOf({ name, settings }: Unit): string {
  const told = lastValue(settings('Socket'), 'Service');
  return told ?? name.replace(/\.socket$/, '.service');
}

function readService(unit: Unit, nearby: NearbyFiles): AppReading {
  const { name, doubt } = unit;
  const settings = unit.settings('Service');
  const command = settings.get('ExecStart')?.at(-1);
  const declared = {
    name: name.replace(/\.service$/, ''),
    declaredBy: `the unit ${name}`,
    span: command?.span,
    process: processOf(unit),
    ...(doubt !== undefined && { doubt }),
    ...(!unit.isLocal && { isPackaged: true as const }),
  };
  // Of a unit that is enabled and not in the tree only the name tells what it starts.
  if (!command) {
    const found: CommandListeners = { kind: isSilentUnit(name) ? 'silent' : 'unplaced' };
    return { ...declare(found, declared), sources: [] };
  }
  return {
    ...declare(endsAtOnce(settings) ? { kind: 'silent' } : serviceListeners(unit, nearby), declared),
    sources: [command.span.source],
  };
}

/** Whatever a oneshot starts is ended with it. https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Type= */
function endsAtOnce(settings: UnitSettings): boolean {
  return lastValue(settings, 'Type') === 'oneshot' && !isYes(lastValue(settings, 'RemainAfterExit'));
}

function serviceListeners(unit: Unit, nearby: NearbyFiles): CommandListeners {
  const settings = unit.settings('Service');
  const command = settings.get('ExecStart')?.at(-1);
  if (!command) return { kind: 'unplaced' };
  const environment = environmentOf(settings, unit.name, nearby);
  const { directory } = processOf(unit);
  return listenersOfCommand({
    words: commandOf(command, unit.name, environment),
    environment,
    nearby,
    // Without one, systemd starts it in the root directory.
    directory: directory ?? '/',
  });
}

function readSocket(socket: Unit, service: Unit | undefined, nearby: NearbyFiles): AppReading {
  const settings = socket.settings('Socket');
  if (isSilentUnit(socket.name)) return nothingRead;
  const started = service && serviceListeners(service, nearby);
  const speaks = started?.kind === 'listens' ? started.listeners[0] : undefined;
  if (started?.kind === 'silent') return nothingRead;
  const isFastcgi =
    service !== undefined && /fcgi/.test(lastValue(service.settings('Service'), 'ExecStart') ?? '');
  const facts: Pick<DeclaredListener, 'protocol' | 'isProtocolGuessed' | 'limits'> = isFastcgi
    ? { protocol: 'fastcgi' }
    : speaks && !speaks.isProtocolGuessed
      ? { protocol: speaks.protocol, ...(speaks.limits && { limits: speaks.limits }) }
      : { protocol: 'http', isProtocolGuessed: true };
  // systemd opens the socket itself, outside of any /tmp that the service has.
  const { hasPrivateTmp: _, ...process } = service ? processOf(service) : {};
  const listeners = (settings.get('ListenStream') ?? []).flatMap((entry): readonly App[] => {
    const port = portOf(entry.value);
    const address = port
      ? ({ kind: 'tcp', host: '::', port } as const)
      : bindAddress(entry.value, { host: '*' });
    if (!address) return [];
    return [
      {
        ...facts,
        name: socket.name.replace(/\.socket$/, ''),
        declaredBy: `the unit ${socket.name}`,
        address,
        span: entry.span,
        ...(address.kind === 'unix' && { socket: socketFacts(settings) }),
        ...(service && { process }),
        ...(socket.doubt !== undefined && { doubt: socket.doubt }),
        ...(!socket.isLocal && { isPackaged: true }),
      },
    ];
  });
  const [entry] = settings.values();
  return { apps: listeners, unplaced: [], sources: entry?.[0] ? [entry[0].span.source] : [] };
}

/** Everybody may connect unless it is said. https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#SocketMode= */
function socketFacts(settings: UnitSettings): SocketFacts {
  const mode = settings.get('SocketMode')?.at(-1);
  const owner = lastValue(settings, 'SocketUser');
  const group = lastValue(settings, 'SocketGroup');
  const isOctal = mode !== undefined && /^[0-7]{3,4}$/.test(mode.value);
  return {
    mode: isOctal ? Number.parseInt(mode.value, 8) : 0o666,
    owner: owner ?? 'root',
    // A user that is named brings its own group along.
    ...(group !== undefined && { group }),
    ...(owner === undefined && group === undefined && { group: 'root' }),
    ...(isOctal && { span: mode.span }),
  };
}

function processOf(unit: Unit): AppProcess {
  const settings = unit.settings('Service');
  const user = lastValue(settings, 'User');
  const group = lastValue(settings, 'Group');
  const directory = lastValue(settings, 'WorkingDirectory')?.replace(/^-/, '');
  const isJoined = unit.settings('Unit').has('JoinsNamespaceOf');
  const privateTmp = isJoined ? undefined : lastValue(settings, 'PrivateTmp');
  return {
    user: user ?? 'root',
    ...(group !== undefined && { group }),
    ...(directory?.startsWith('/') && { directory: normalUnixPath(directory) }),
    ...(privateTmp !== undefined && { hasPrivateTmp: isYes(privateTmp) }),
  };
}

function lastValue(settings: UnitSettings, key: string): string | undefined {
  return lastOf(settings.get(key))?.value;
}

function lastOf(entries: readonly UnitEntry[] | undefined): UnitEntry | undefined {
  return entries?.at(-1);
}

function isYes(text: string | undefined): boolean {
  return text !== undefined && /^(?:yes|true|on|1|y|t|connected|disconnected)$/i.test(text);
}
