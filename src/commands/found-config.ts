import { resolve } from 'node:path';
import { type Config, configDirectory } from '../config/config.ts';
import { follow } from '../load/fence.ts';
import type { FileSystem } from '../load/file-system.ts';
import { isInside } from '../load/path-resolver.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';
import type { CheckSettings } from './settings.ts';

/**
 * Sees to it that a no502.yaml which nobody named does not send a run elsewhere: it may come with the files of a stranger. The
 * directories that it calls roots lie in the current one.
 *
 * @throws UsageError where one does not.
 */
export function refuseFarRoots(
  call: Call,
  config: Config | undefined,
  { root, machines }: Pick<CheckSettings, 'root' | 'machines'>,
  ground: { readonly fs: FileSystem; readonly cwd: string },
): void {
  if (!config || call.value('config') !== undefined || call.value('root') !== undefined) return;
  const { file } = config.source;
  const directory = configDirectory(config);
  for (const named of [...(root === undefined ? [] : [root]), ...machines.map((machine) => machine.root)]) {
    if (!isInside(resolve(ground.cwd, named), directory)) {
      throw new UsageError(
        `${file}: the root ${named} lies outside of the current directory; --config ${file} says that it is meant`,
      );
    }
    follow(ground, named);
  }
}
