import { discover } from '../load/discover.ts';
import type { FileSystem } from '../load/file-system.ts';
import type { HostInput } from '../load/host-input.ts';
import type { MasterLayout } from '../load/php.ts';
import type { Root } from '../load/root.ts';
import { assembleHost } from '../model/assemble/deployment.ts';
import { assembleMasters } from '../model/assemble/masters.ts';
import type { Master } from '../model/fpm/master.ts';
import type { Host } from '../model/host.ts';

/** A host that is looked at for an upgrade. */
export interface UpgradeHost {
  readonly host: Host;
  readonly root: Root;
  readonly input: HostInput;
  /** The files that nginx reads, as a user at the current directory would open them. */
  readonly nginxFiles: readonly string[];
  /** Masters whose configuration is still there and that nothing starts any more. */
  readonly leftovers: readonly Master[];
}

/** Where the host is. */
export interface HostPlace {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The directory that plays `/`, as the user gave it; absent for the live host. */
  readonly root?: string;
  /** The version of masters whose files do not tell theirs. */
  readonly php?: string;
}

/**
 * Reads the one host that a root stands for.
 *
 * @throws UsageError where there is none.
 */
export async function readUpgradeHost({ fs, cwd, root, php }: HostPlace): Promise<UpgradeHost> {
  const { hosts } = await discover({ fs, cwd, paths: [], exclude: [], ...(root !== undefined && { root }) });
  const [input] = hosts;
  if (!input) throw new Error('a root without a host was discovered');
  const { host, files } = assembleHost(input, php === undefined ? {} : { php });
  const running = new Set(host.masters.map(({ configPath }) => configPath));
  const stopped = input.masters.filter(({ configPath }) => !running.has(configPath));
  const nginxFiles = files()
    .filter(({ as }) => as === 'nginx')
    .map(({ file }) => file);
  return { host, root: input.root, input, nginxFiles, leftovers: mastersAsIf(input, stopped, php) };
}

/** Masters read as if something started them. */
export function mastersAsIf(
  input: HostInput,
  layouts: readonly MasterLayout[],
  php?: string,
): readonly Master[] {
  const masters = layouts.map(({ service: _, binaryHint: __, ...layout }) => layout);
  return assembleMasters({ ...input, masters, poolFiles: [] }, php).masters;
}
