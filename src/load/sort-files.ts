import { baseName } from '../syntax/path-parts.ts';
import { encode } from '../syntax/source.ts';
import { classify } from './classify.ts';
import type { GivenFile, LoadProblem, TemplateFile } from './host-input.ts';
import { type NginxDump, splitNginxDump } from './nginx-dump.ts';
import type { ReadFailure, Root } from './root.ts';
import { findPlaceholder, maskPlaceholders } from './template.ts';
import { isForeign } from './walk.ts';

const REPEATED =
  'it holds the output of nginx -T more than once; give that of each host as a file of its own';
const NOT_OURS = 'it is no configuration of nginx or php-fpm';

/** What files given by path turned out to be. */
export interface SortedFiles {
  readonly files: readonly GivenFile[];
  readonly dumps: readonly NginxDump[];
  readonly templates: readonly TemplateFile[];
  readonly failures: readonly LoadProblem[];
}

/** Reads what was given; a file named on the command line must be something, one met on a walk need not. */
export function sortFiles(disk: Root, explicit: ReadonlySet<string>, walked: readonly string[]): SortedFiles {
  const files: GivenFile[] = [];
  const dumps: NginxDump[] = [];
  const templates: TemplateFile[] = [];
  const failures: LoadProblem[] = [];
  const seen = new Set<string>();
  for (const path of [...explicit, ...walked]) {
    const real = disk.resolve(path).path;
    if (seen.has(real)) continue;
    seen.add(real);
    const named = explicit.has(path);
    const read = disk.read(path);
    if (read.kind !== 'read') {
      if (named || isTellingFailure(read)) failures.push({ file: read.file, reason: read.message, named });
      continue;
    }
    const { file, text, encoding } = read.source;
    const dump = named ? splitNginxDump(encode(text, encoding)) : undefined;
    if (dump?.isRepeated) failures.push({ file, reason: REPEATED, named });
    else if (dump) dumps.push(dump);
    if (dump) continue;
    const kind = isForeign(baseName(path)) ? 'other' : classify(path, text);
    if (kind === 'other' && !named) continue;
    const isNginx = kind === 'nginx-main' || kind === 'nginx-site';
    const placeholder = findPlaceholder(path, text, isNginx ? 'nginx' : 'php-fpm');
    const isRead = placeholder === undefined || (isNginx && maskPlaceholders(path, text) !== undefined);
    if (placeholder !== undefined) templates.push({ file, placeholder, isRead });
    if (!isRead) continue;
    if (kind === 'other') failures.push({ file, reason: NOT_OURS, named });
    else files.push({ path, kind, text, named });
  }
  return { files, dumps, templates, failures };
}

/** On a walk only files that look like configuration are worth a word when they cannot be read. */
function isTellingFailure({ kind, path }: ReadFailure): boolean {
  return (
    (kind === 'denied' || kind === 'failed' || kind === 'binary' || kind === 'too-large') &&
    path.endsWith('.conf')
  );
}
