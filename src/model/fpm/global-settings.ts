import type { FpmStretch } from '../../syntax/fpm/entry.ts';
import { type FpmDirectories, inFull, withoutPrefix } from './paths.ts';
import { knownValue, mapSetting, type Setting, Settings } from './setting.ts';

/** The settings of `[global]`. Times are in seconds. */
export interface GlobalSettings {
  readonly pid: Setting<string | undefined>;
  /** In full, or `syslog`. */
  readonly errorLog: Setting<string | undefined>;
  readonly syslogIdent: Setting<string | undefined>;
  readonly syslogFacility: Setting<number>;
  readonly logBuffering: Setting<boolean>;
  readonly logLevel: Setting<string>;
  /** In bytes. */
  readonly logLimit: Setting<number>;
  readonly emergencyRestartThreshold: Setting<number>;
  readonly emergencyRestartInterval: Setting<number>;
  readonly processControlTimeout: Setting<number>;
  /** The most workers of all pools together; 0 for no limit. */
  readonly processMax: Setting<number>;
  readonly processPriority: Setting<number | undefined>;
  readonly daemonize: Setting<boolean>;
  readonly rlimitFiles: Setting<number>;
  readonly rlimitCore: Setting<number>;
  readonly eventsMechanism: Setting<string | undefined>;
  readonly systemdInterval: Setting<number>;
}

/** Builds the settings from the lines of `[global]`. */
export function buildGlobalSettings(
  stretches: readonly FpmStretch[],
  directories: FpmDirectories,
  version: string | undefined,
): GlobalSettings {
  const read = new Settings(stretches, version);
  // Unlike a pool's paths, an empty one here becomes the directory itself.
  const inState = (setting: Setting<string | undefined>): Setting<string | undefined> => {
    if (setting.kind === 'unknown' || setting.value === undefined) return setting;
    const path = inFull(setting.value, undefined, directories.localstatedir);
    return path === undefined ? withoutPrefix(setting, setting.value) : mapSetting(setting, () => path);
  };
  return {
    pid: inState(read.text('pid')),
    errorLog: errorLogOf(read.text('error_log'), inState),
    syslogIdent: read.text('syslog.ident'),
    syslogFacility: read.syslogFacility('syslog.facility', 24),
    logBuffering: read.boolean('log_buffering', true),
    logLevel: read.logLevel('log_level', 'notice'),
    logLimit: read.integer('log_limit', 1024),
    emergencyRestartThreshold: read.integer('emergency_restart_threshold', 0),
    emergencyRestartInterval: read.seconds('emergency_restart_interval', 0),
    processControlTimeout: read.seconds('process_control_timeout', 0),
    processMax: read.integer('process.max', 0),
    processPriority: read.optionalInteger('process.priority'),
    daemonize: read.boolean('daemonize', true),
    rlimitFiles: read.integer('rlimit_files', 0),
    rlimitCore: read.coreLimit('rlimit_core'),
    eventsMechanism: read.text('events.mechanism'),
    systemdInterval: read.seconds('systemd_interval', 10),
  };
}

function errorLogOf(
  setting: Setting<string | undefined>,
  inState: (setting: Setting<string | undefined>) => Setting<string | undefined>,
): Setting<string | undefined> {
  if (setting.kind === 'default') return inState({ kind: 'default', value: 'log/php-fpm.log' });
  return knownValue(setting)?.toLowerCase() === 'syslog' ? setting : inState(setting);
}
