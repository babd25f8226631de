import type { Directive } from '../../syntax/nginx/tree.ts';
import { parseNginxSize, parseNginxTimeMs } from '../../values/nginx.ts';
import type { Host } from '../host.ts';
import { type Block, effective, namesIn, own } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';
import { type PassKind, passesOfKinds } from '../nginx/pass-kind.ts';
import { defaultReadTimeout } from './time-limit.ts';

/** A setting of one module beside the pass of another, which does not look at it. */
export interface WrongModule {
  readonly directive: Directive;
  /** The name that the pass does look at: `fastcgi_read_timeout`. */
  readonly meant: string;
  readonly pass: Pass;
  /** What is in effect for the pass: seconds for a timeout, bytes for a buffer. */
  readonly inEffect: number;
  readonly kind: 'read-timeout' | 'header-buffer';
}

const modules = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc'] as const;

/** The settings that are compared, behind the name of their module. */
const suffixes = {
  'read-timeout': '_read_timeout',
  'header-buffer': '_buffer_size',
} as const satisfies Record<WrongModule['kind'], string>;

const kinds = ['read-timeout', 'header-buffer'] as const;

/** The header buffer where nothing is set: a page of memory, 4 KiB on most machines. In bytes. */
export const defaultHeaderBuffer = 4096;

/**
 * Finds settings that give the other side more than it gets: they belong to a module that no pass inside of their
 * location or server uses. What a snippet brings along is left alone, because others may include it too.
 */
export function wrongModules({ nginx }: Host): readonly WrongModule[] {
  if (!nginx) return [];
  const names = namesIn(nginx.main);
  const tuned = modules.filter((module) =>
    Object.values(suffixes).some((suffix) => names.has(module + suffix)),
  );
  // A setting of the only module in use is where it belongs.
  const isOther = ({ isReachable, directive }: PassKind): boolean =>
    isReachable && tuned.some((module) => directive !== `${module}_pass`);
  if (passesOfKinds(nginx, isOther).length === 0) return [];
  const passes = passesOfKinds(nginx, ({ isReachable }) => isReachable);
  const used = modulesIn(passes);
  const found = new Map<Directive, WrongModule>();
  for (const pass of passes) {
    for (let block: Block | undefined = pass.block; block && block.kind !== 'http'; block = block.parent) {
      for (const each of inBlock(block, pass, used, tuned)) {
        if (!found.has(each.directive)) found.set(each.directive, each);
      }
    }
  }
  return [...found.values()];
}

/** The modules that passes inside of each block use. */
function modulesIn(passes: readonly Pass[]): ReadonlyMap<Block, ReadonlySet<string>> {
  const used = new Map<Block, Set<string>>();
  for (const pass of passes) {
    for (let block: Block | undefined = pass.block; block; block = block.parent) {
      const there = used.get(block);
      if (there) there.add(moduleOf(pass));
      else used.set(block, new Set([moduleOf(pass)]));
    }
  }
  return used;
}

/** `fastcgi` for a `fastcgi_pass`: what the names of its settings begin with. */
function moduleOf(pass: Pass): string {
  return pass.directive.name.slice(0, -'_pass'.length);
}

function inBlock(
  block: Block,
  pass: Pass,
  used: ReadonlyMap<Block, ReadonlySet<string>>,
  tuned: readonly string[],
): readonly WrongModule[] {
  const mine = moduleOf(pass);
  return tuned.flatMap((module) => {
    if (module === mine || used.get(block)?.has(module) || isOpen(block.directive)) return [];
    return kinds.flatMap((kind) => judge(kind, suffixes[kind]) ?? []);

    function judge(kind: WrongModule['kind'], suffix: string): WrongModule | undefined {
      const directive = own(block, module + suffix);
      const meant = mine + suffix;
      if (directive?.source !== block.directive?.source || !directive || own(block, meant)) return undefined;
      const written = numberIn(kind, directive);
      const from = effective(pass.block, meant);
      const inEffect = from ? numberIn(kind, from.directive) : byDefault[kind];
      return written !== undefined && inEffect !== undefined && written > inEffect
        ? { directive, meant, pass, inEffect, kind }
        : undefined;
    }
  });
}

/** Whether files that were not seen may add to a block: an include of a pattern is there for others to use. */
function isOpen(directive: Directive | undefined): boolean {
  return (directive?.block ?? []).some(
    (inner) =>
      (inner.name === 'include' && inner.args.some(({ value }) => /[*?[]/.test(value))) || isOpen(inner),
  );
}

const byDefault = { 'read-timeout': defaultReadTimeout, 'header-buffer': defaultHeaderBuffer } as const;

function numberIn(kind: WrongModule['kind'], { args }: Directive): number | undefined {
  const text = args[0]?.value ?? '';
  if (kind === 'header-buffer') return parseNginxSize(text);
  const milliseconds = parseNginxTimeMs(text);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
