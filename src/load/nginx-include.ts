import { parseNginx } from '../syntax/nginx/parse.ts';
import type { Directive, ParsedNginx } from '../syntax/nginx/tree.ts';
import { directoryOf } from '../syntax/path-parts.ts';
import { ERRNO } from './errno.ts';
import { hasWildcards } from './glob-pattern.ts';
import { type Included, type LoadedFile, type RefusedFile, refused, type UnreadFile } from './included.ts';
import { BLOCKS_DEEP, extentOf, includesOf } from './nginx-extent.ts';
import { isStockFile, isTemplated, seldomUsedFiles } from './nginx-stock.ts';
import { type ReadFailure, type Root, underPrefix } from './root.ts';
import { findPlaceholder, maskPlaceholders } from './template.ts';

/**
 * How deep includes may nest. nginx keeps every file of the chain open, and with the usual limit of 1,024 descriptors fails about here.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LimitCPU=
 */
const NESTING_MAX = 1000;

/**
 * How much the includes of a host may bring in all, in directives; a block counts as many. A panel of ten thousand sites has
 * a fifth of it. Ten files of which each includes the next one twice have a thousand times their size, forty more than
 * any memory holds: nginx reads on for hours.
 */
const WEIGHT_MAX = 5_000_000;

/** So many files of the package that nothing includes are nobody's choice: see `seldomUsedFiles`. */
const PROVES_WHOLE_COPY = 2;

/** A file that nginx holds open while it reads those below it. */
interface Opened {
  readonly real: string;
  /** True where a pattern led to it. */
  readonly byPattern: boolean;
}

/** Reads files with what they include, and keeps what it learns. */
export interface IncludeLoader {
  readonly includes: Map<Directive, Included>;
  readonly files: LoadedFile[];
  readonly modules: string[];
  /** Files whose blocks stand deeper inside of each other than they are judged. */
  readonly tooDeep: LoadedFile[];
  isComplete: boolean;
  areModulesComplete: boolean;
  /** Loads a file with all that it includes. */
  load(
    path: string,
    ancestors: readonly Opened[],
    byPattern?: boolean,
  ): LoadedFile | RefusedFile | UnreadFile;
  /** Decides about what could not be decided before everything was read. To be called once, at the end. */
  settle(): void;
}

/** Begins to read below a directory that includes are relative to. `isPartial` says that only some files of the host were given. */
export function includeLoader(root: Root, prefix: string, isPartial: boolean): IncludeLoader {
  const parsedAt = new Map<string, LoadedFile>();
  /** What each path came to, once everything below it was read. */
  const finished = new Map<string, LoadedFile | RefusedFile | UnreadFile>();
  const state: IncludeLoader = {
    includes: new Map(),
    files: [],
    modules: [],
    tooDeep: [],
    isComplete: !isPartial,
    areModulesComplete: !isPartial,
    load,
    settle,
  };
  /** What each file brings where it is included, its own includes put in place. */
  const weights = new Map<ParsedNginx, number>();
  let roomLeft = WEIGHT_MAX;
  const brought = new Map<LoadedFile, Included>();
  /** Files of the nginx package that are included and not there. */
  const stock = new Map<UnreadFile, RefusedFile>();

  function load(
    path: string,
    ancestors: readonly Opened[],
    byPattern = false,
  ): LoadedFile | RefusedFile | UnreadFile {
    const before = finished.get(path);
    if (before) return before;
    const { path: real } = root.resolve(path);
    const self = ancestors.findIndex((above) => above.real === real);
    if (self !== -1 || ancestors.length >= NESTING_MAX) {
      // With no descriptor left, glob(3) finds nothing and nginx goes on: whether it starts depends on which of the two runs out.
      const isSure = !byPattern && !ancestors.slice(self + 1).some((above) => above.byPattern);
      return isSure
        ? refused('include-loop', path, 'open', ERRNO.EMFILE)
        : unread(path, 'it includes itself through a pattern');
    }
    const loaded = loadReal(path, real, [...ancestors, { real, byPattern }]);
    finished.set(path, loaded);
    return loaded;
  }

  function loadReal(
    path: string,
    real: string,
    chain: readonly Opened[],
  ): LoadedFile | RefusedFile | UnreadFile {
    const known = parsedAt.get(real);
    if (known) return { path, parsed: known.parsed };
    const read = root.read(path);
    if (read.kind === 'outside' && !isPartial && chain.at(-1)?.byPattern) {
      // The link is there, and so may be a whole site behind it.
      return unread(path, `it is a link to ${real}, which is not among the files given`, true);
    }
    if (read.kind !== 'read') return failed(read);
    const isTemplate = isPartial && findPlaceholder(path, read.source.text, 'nginx') !== undefined;
    const asRead = isTemplate ? maskPlaceholders(path, read.source.text) : undefined;
    if (isTemplate && asRead === undefined) {
      return unread(path, 'it is a template that is filled in on deploy');
    }
    const source = asRead === undefined ? read.source : { ...read.source, asRead };
    const file = { path, parsed: parseNginx(source) };
    const { weight: own, depth } = extentOf(file.parsed.directives);
    if (depth > BLOCKS_DEEP) state.tooDeep.push(file);
    if (own > roomLeft) return unread(path, TOO_MUCH, true);
    roomLeft -= own;
    parsedAt.set(real, file);
    state.files.push(file);
    for (const directive of file.parsed.directives)
      if (directive.name === 'load_module') addModule(directive);
    let weight = own;
    for (const directive of includesOf(file.parsed.directives)) {
      const included = include(directive, chain);
      if (!included) continue;
      const brought = weightBroughtBy(included);
      if (weight + brought > WEIGHT_MAX) {
        const argument = underPrefix(prefix, directive.args[0]?.value ?? '');
        state.includes.set(directive, unread(argument, TOO_MUCH, true));
        continue;
      }
      weight += brought;
      state.includes.set(directive, included);
    }
    weights.set(file.parsed, weight);
    return file;
  }

  function weightBroughtBy(included: Included): number {
    if (included.kind !== 'files') return 0;
    return included.files.reduce((sum, { parsed }) => sum + (weights.get(parsed) ?? 0), 0);
  }

  function addModule(directive: Directive): void {
    const [path] = directive.args;
    if (path) state.modules.push(path.value);
  }

  /** Nothing for an `include` with the wrong number of arguments: nginx never gets to open a file. */
  function include(directive: Directive, chain: readonly Opened[]): Included | undefined {
    const [argument, ...rest] = directive.args;
    if (!argument || rest.length > 0) return undefined;
    const path = underPrefix(prefix, argument.value);
    if (!hasGlobCharacter(path)) {
      if (isMeantFromHere(directive, argument.value, path))
        return refused('missing', path, 'open', ERRNO.ENOENT);
      const loaded = load(path, chain);
      return 'parsed' in loaded ? broughtBy(loaded) : loaded;
    }
    const { paths, failures, tooMuch } = root.glob(path);
    if (tooMuch !== undefined) return unread(path, tooMuch, true);
    for (const { kind, path: directory } of failures) {
      if (kind !== 'missing' && kind !== 'loop') miss(directory);
    }
    const loaded = paths.map((match) => load(match, chain, true));
    return {
      kind: 'files',
      files: loaded.filter((file) => 'parsed' in file),
      glob: true,
      failed: loaded.filter((file) => 'kind' in file),
    };
  }

  /** What includes of one file bring is the same for all of them: every site includes the same few. */
  function broughtBy(file: LoadedFile): Included {
    const known = brought.get(file);
    if (known) return known;
    const found: Included = { kind: 'files', files: [file], glob: false, failed: [] };
    brought.set(file, found);
    return found;
  }

  /**
   * Whether a path that leaves the directory of nginx.conf by `..` was written as if includes began at the file that has
   * them, and the file is there. What lies beside /etc/nginx is seldom among the files, but then nobody means it.
   */
  function isMeantFromHere({ source }: Directive, value: string, path: string): boolean {
    if (isPartial || !value.startsWith('../') || root.exists(path)) return false;
    return root.exists(underPrefix(directoryOf(source.path), value));
  }

  function unread(path: string, why: string, isThere = false): UnreadFile {
    miss(path);
    return { kind: 'unread', path, why, isThere };
  }

  /**
   * Of a tree that was copied whole, a file of the package that is missing is missing on the host as well. A tree of what
   * somebody edits leaves the rest to the package.
   */
  function settle(): void {
    if (stock.size === 0) return;
    const unused = seldomUsedFiles(prefix).filter(
      (path) => root.exists(path) && !parsedAt.has(root.resolve(path).path),
    );
    const isWholeCopy = unused.length >= PROVES_WHOLE_COPY;
    for (const [directive, found] of state.includes) {
      const refusal = found.kind === 'unread' ? stock.get(found) : undefined;
      if (refusal && isWholeCopy) state.includes.set(directive, refusal);
      else if (refusal) miss(refusal.path);
    }
  }

  /** A checkout of /etc lacks what Debian and Red Hat link or include from /usr/share/nginx: one `load_module` a file, nothing else. */
  function miss(path: string): void {
    state.areModulesComplete = false;
    if (!path.includes('/modules')) state.isComplete = false;
  }

  function failed(failure: ReadFailure): RefusedFile | UnreadFile {
    const { kind, path, message } = failure;
    switch (kind) {
      case 'missing':
        return missing(failure);
      case 'directory':
        return refused('directory', path, 'pread', ERRNO.EISDIR);
      case 'loop':
        return refused('link-loop', path, 'open', ERRNO.ELOOP);
      case 'outside':
        return unread(path, 'it is not among the files given');
      case 'denied':
      case 'failed':
      case 'special':
      case 'binary':
      case 'too-large':
        return unread(path, message, true);
      default:
        return kind satisfies never;
    }
  }

  function missing({ path, errno = ERRNO.ENOENT.errno, message }: ReadFailure): RefusedFile | UnreadFile {
    const refusal = refused('missing', path, 'open', { errno, message });
    if (isPartial) return unread(path, 'it is not among the files given');
    if (isTemplated(path)) return unread(path, 'its name is a template that is filled in on deploy');
    if (!root.isWhole && isStockFile(prefix, path)) {
      const why = 'the nginx package brings it, and it is not among the files given';
      const undecided: UnreadFile = { kind: 'unread', path, why, isThere: false };
      stock.set(undecided, refusal);
      return undecided;
    }
    return refusal;
  }

  return state;
}

const TOO_MUCH = `with all that it includes it holds more than no502 reads of a host (${WEIGHT_MAX} directives)`;

/** nginx itself looks for these three before it calls glob(3), escaped or not: `ngx_conf_include`. */
function hasGlobCharacter(path: string): boolean {
  return path.includes('*') || path.includes('?') || path.includes('[') || hasWildcards(path);
}
