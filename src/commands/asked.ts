import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import type { Io } from '../io.ts';
import type { Call } from './call.ts';
import { refuseFarRoots } from './found-config.ts';
import { type Input, inputOf } from './input.ts';
import { type CheckSettings, settingsOf } from './settings.ts';

/** What a call asks to be linted, and how. */
export interface Asked {
  readonly input: Input;
  /** Absent where there is none. */
  readonly config?: Config;
  readonly settings: CheckSettings;
}

/**
 * Reads what a call and the configuration file say of what is to be linted.
 *
 * @throws UsageError where one of them is wrong.
 */
export async function askedOf(call: Call, io: Io, ruleIds: readonly string[]): Promise<Asked> {
  const input = await inputOf(call, io);
  const path = call.value('config');
  const config = await readConfig(
    { fs: input.settingsFs, cwd: io.cwd, ...(path !== undefined && { path }) },
    ruleIds,
  );
  const settings = settingsOf({ ...call, words: input.paths }, config, ruleIds, io.cwd);
  refuseFarRoots(call, config, settings, { fs: input.fs, cwd: io.cwd });
  return { input, ...(config && { config }), settings };
}
