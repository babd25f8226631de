import { fpmIncluder } from '../../load/fpm-include.ts';
import type { HostInput } from '../../load/host-input.ts';
import type { MasterLayout } from '../../load/php.ts';
import type { Root } from '../../load/root.ts';
import { hasService } from '../../load/systemd-units.ts';
import { readFpm } from '../../syntax/fpm/reader.ts';
import { type PhpIni, readPhpIni } from '../../syntax/php-ini/php-ini.ts';
import type { Source } from '../../syntax/source.ts';
import { buildMaster, type Master } from '../fpm/master.ts';
import { privateTmpOf } from './private-tmp.ts';
import { memoryLimitOf, taskLimitOf } from './unit-limits.ts';
import type { UnreadPart } from './unread.ts';

/** The masters of a host, and whether they are all that can listen. */
export interface AssembledMasters {
  readonly masters: readonly Master[];
  readonly complete: boolean;
  readonly unread: readonly UnreadPart[];
}

/** Reads every master of a host. Masters whose service is masked or whose program is gone do not run and are left out. */
export function assembleMasters(input: HostInput, php: string | undefined): AssembledMasters {
  const { root, container } = input;
  const includer = fpmIncluder(root);
  const unread: UnreadPart[] = [];
  const masters: Master[] = [];
  for (const layout of input.masters) {
    if (!runs(layout, root)) continue;
    const main = root.read(layout.configPath);
    if (main.kind !== 'read') {
      unread.push({ ...main, isMain: true });
      continue;
    }
    masters.push(readMaster(main.source, layout, php));
  }
  const included = new Set(
    input.poolFiles.length === 0 ? [] : masters.flatMap(({ files }) => files.map(({ file }) => file)),
  );
  for (const { paths, phpVersion } of input.poolFiles) {
    const alone = paths.filter((path) => !included.has(root.display(root.resolve(path).path)));
    if (alone.length > 0) masters.push(readMaster(listOf(alone), undefined, php ?? phpVersion));
  }
  for (const each of includer.unread) unread.push(each);
  const complete = input.complete.fpm && unread.length === 0 && masters.every((master) => master.complete);
  return { masters, complete, unread };

  function readMaster(main: Source, layout: MasterLayout | undefined, given: string | undefined): Master {
    const phpVersion = layout?.phpVersion ?? given;
    const phpIni = layout ? readIni(layout, root, phpVersion) : undefined;
    const { prefix, localstatedir, service } = layout ?? {};
    const reading = readFpm(main, includer.include, {
      isPart: layout === undefined,
      ...(phpVersion !== undefined && { phpVersion }),
      ...(prefix !== undefined && { prefix }),
    });
    if (reading.cutShort !== undefined) unread.push({ file: main.file, message: reading.cutShort });
    return buildMaster(reading, {
      phpVersion,
      prefix,
      localstatedir,
      phpIni,
      isRoot:
        isRoot(service?.user) && isRoot(container?.user?.kind === 'known' ? container.user.value : undefined),
      ...(service && knowsUnits(service.unit, root) && { allowsRoot: service.allowsRoot === true }),
      firstProcess: layout?.firstProcess,
      hasPrivateTmp: service && privateTmpOf(service.unit, root),
      taskLimit: service && taskLimitOf(service.unit, root),
      memoryLimit: service && memoryLimitOf(service.unit, root),
      isPart: layout === undefined || root.isPartial,
      ...(layout === undefined && { title: phpVersion === undefined ? 'php-fpm' : `PHP ${phpVersion}` }),
    });
  }
}

/** Nobody named means root. Compose may write a number, and a group behind a colon. */
function isRoot(user: string | undefined): boolean {
  return user === undefined || ['', 'root', '0'].includes(user.split(':')[0] ?? '');
}

/** Whether it can be seen how a service is started: its unit was read, or a copy of /etc shows that nobody changed the package's. */
function knowsUnits(unit: string, root: Root): boolean {
  return hasService(root, unit) || (!root.isPartial && root.exists('/etc/passwd'));
}

/** A tree that holds a whole system shows whether a master is started at all; any other leaves no doubt to it. */
function runs({ service, binaryHint }: MasterLayout, root: Root): boolean {
  if (service?.state === 'masked') return false;
  return !root.isWhole || binaryHint === undefined || root.exists(binaryHint);
}

/** Stands where the path of a php-fpm.conf would, of which only the pools were given. */
export const unseenMain = 'the files given';

/** Pools that were given without their php-fpm.conf are read as if one included them in the order given. */
function listOf(paths: readonly string[]): Source {
  const text = paths.map((path) => `include=${path}\n`).join('');
  return { path: unseenMain, file: unseenMain, text, encoding: 'utf8' };
}

function readIni(
  { iniFile, scanDir }: MasterLayout,
  root: Root,
  phpVersion: string | undefined,
): PhpIni | undefined {
  const sources: Source[] = [];
  const main = iniFile === undefined ? undefined : root.read(iniFile);
  if (main?.kind === 'read') sources.push(main.source);
  const scanned = scanDir === undefined ? [] : root.glob(`${scanDir}/*.ini`).paths;
  for (const path of scanned) {
    const read = root.read(path);
    if (read.kind === 'read') sources.push(read.source);
  }
  // Where php.ini itself is not in the tree, what it says is not known; a whole system would have it.
  if (main?.kind !== 'read' && !root.isWhole) return undefined;
  return readPhpIni(sources, { phpVersion });
}
