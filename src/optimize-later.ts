import { setFlagsFromString } from 'node:v8';

/**
 * The setting of each version of Node whose V8 was measured, by its first number. Others are left as they are: V8 prints a
 * complaint about a setting that it does not know.
 */
const settings: Readonly<Record<string, string>> = {
  20: '--interrupt-budget=1000000',
  22: '--invocation-count-for-turbofan=40000',
  23: '--invocation-count-for-turbofan=40000',
  24: '--invocation-count-for-turbofan=40000',
};

/**
 * Has V8 wait about fifteen times as long as usual until it optimizes a function: on a host of some hundred sites that takes more
 * of the processor than it gives back, half of the whole run. On ten thousand sites it makes no difference.
 *
 * What is compiled and kept before is of no use after, so this comes before all that is kept, and after the modules of Node.
 * https://nodejs.org/docs/latest-v20.x/api/v8.html#v8setflagsfromstringflags
 */
export function optimizeLater(): void {
  const setting = settings[process.versions.node.split('.', 1)[0] ?? ''];
  if (setting !== undefined) setFlagsFromString(setting);
}
