import { readFpm } from '../../syntax/fpm/reader.ts';
import { fpmIncluder } from '../fpm-include.ts';
import { type Container, type ContainerOptions, openContainer } from './container.ts';
import { type Started, startedBy } from './started.ts';

/** A container, what it starts, and what is not sure of that. */
export interface OpenedContainer {
  readonly container: Container;
  readonly started: Started;
  /** Why its pools may listen elsewhere, as it reads behind "unless". */
  readonly listensUnless?: string;
}

/**
 * Opens a container. Where old and new builds of its image have the pools listen at different addresses, the new one counts, and
 * that is not sure; where the new one refuses what the old one takes, it is the other way about.
 */
export function openBuilds(options: ContainerOptions): OpenedContainer {
  const newest = opened(options, false);
  const { image } = newest.container;
  if (!image?.fpm?.before2026 || !newest.started.fpm) return newest;
  const older = opened(options, true);
  const [now, before] = [listensOf(newest), listensOf(older)];
  if (now.size === before.size && [...now].every(([pool, listen]) => before.get(pool) === listen))
    return newest;
  return now.size < before.size
    ? { ...older, listensUnless: `${image.reference} was built in 2026 or later` }
    : { ...newest, listensUnless: `${image.reference} was built before 2026` };
}

function opened(options: ContainerOptions, isBefore2026: boolean): OpenedContainer {
  const container = openContainer({ ...options, isBefore2026 });
  return { container, started: startedBy(container) };
}

/** What each pool is told to listen on; pools that are told nothing are missing. */
function listensOf({ container: { root }, started: { fpm } }: OpenedContainer): ReadonlyMap<string, string> {
  const main = fpm && root.read(fpm.mainFile);
  if (main?.kind !== 'read') return new Map();
  const { config } = readFpm(main.source, fpmIncluder(root).include, { prefix: fpm?.prefix ?? '/usr/local' });
  return new Map(
    config.entries.flatMap(({ section, name, value }): readonly [string, string][] =>
      section.kind === 'pool' && name === 'listen' ? [[section.name, JSON.stringify(value)]] : [],
    ),
  );
}
