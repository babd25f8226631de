import type { Directive } from '../../../syntax/nginx/tree.ts';
import { parseNginxSize } from '../../../values/nginx.ts';
import { type Block, type Effective, eachBlock, effective, namesOf, own } from '../block.ts';
import { oneOfEachKin } from '../kin.ts';
import { isSaidAlike } from '../layouts-in.ts';
import type { Nginx } from '../nginx.ts';
import type { Outline } from '../outline.ts';
import { atEndOf, directiveSpan, type Refusal } from './refusal.ts';

/** The modules that keep the answer of an upstream in buffers of the same rules. */
const modules = ['proxy', 'fastcgi', 'uwsgi', 'scgi'] as const;

type Module = (typeof modules)[number];

/** In bytes; what nginx calls `ngx_pagesize` is 4096 on every x86 and on all but a few kernels for ARM and POWER. */
const pageSize = 4096;

/** The values in effect in one block, in bytes, with the directives that gave them. */
export interface BufferValues {
  readonly module: Module;
  /** `*_buffer_size` */
  readonly first: number;
  /** `*_buffers`: how many, and the size of each. */
  readonly count: number;
  readonly each: number;
  readonly busy: number;
  /** False where nginx takes twice the larger of the first buffer and one of the others. */
  readonly busyGiven: boolean;
}

/** Sizes that do not fit each other. */
export interface BufferConflict extends Refusal {
  readonly kind: 'one-buffer' | 'busy-too-small' | 'busy-too-large' | 'write-size' | 'temp-file';
  /** The directive nginx names. */
  readonly name: string;
  readonly values: BufferValues;
  /** Of the directives that take part, one in the innermost block. */
  readonly nearest: Effective;
  /** True where all values that matter were given in what was read, so that no file left out can change them. */
  readonly decided: boolean;
}

/**
 * The sizes of buffers that nginx refuses. It judges what is in effect in every server and location, whether anything is
 * passed there or not; one set of directives is reported once.
 * https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_fastcgi_module.c, ngx_http_fastcgi_merge_loc_conf
 */
export function bufferConflicts({ http, complete }: Nginx): readonly BufferConflict[] {
  if (!http) return [];
  const opener = http.directive;
  const tuned = modules.filter((module) => mayConflict(http, module));
  if (tuned.length === 0) return [];
  const fromHttp = new Set(tuned.filter((module) => changes(http, module)));
  const found = new Map<string, BufferConflict>();
  for (const block of eachBlock(http)) {
    // What stands in http is judged only as a server takes it over.
    if (block === http) continue;
    for (const module of tuned) {
      if (!changes(block, module) && !(block.kind === 'server' && fromHttp.has(module))) continue;
      const conflict = conflictIn(block, module, opener, complete);
      if (!conflict) continue;
      const places = [conflict.at, ...conflict.related].map(({ source, start }) => `${source.file}:${start}`);
      const key = [conflict.name, ...places].join(' ');
      if (!found.has(key)) found.set(key, conflict);
    }
  }
  return [...found.values()];
}

const settings = [
  'buffer_size',
  'buffers',
  'busy_buffers_size',
  'temp_file_write_size',
  'max_temp_file_size',
];
const settingsByModule = new Map(
  modules.map((module) => [module, settings.map((name) => `${module}_${name}`)]),
);

/** Whether a block sets anything itself: one that does not is judged with the block around it. */
function changes(block: Block, module: Module): boolean {
  return settingsByModule.get(module)?.some((name) => namesOf(block).has(name)) ?? false;
}

/** False where values fit wherever they are in effect: where sites are alike and say the same, one speaks for the others. */
function mayConflict(http: Block, module: Module): boolean {
  const names = settingsByModule.get(module) ?? [];
  const isFromHttp = changes(http, module);
  const isWanted = ({ below }: Outline): boolean => isFromHttp || names.some((name) => below.has(name));
  if (!isWanted(http.layout.outline) && http.isAsLaidOut) return false;
  return oneOfEachKin(http, isWanted).some(
    (block) =>
      names.some((name) => !isSaidAlike(block, name, http)) ||
      conflictIn(block, module, http.directive, true) !== undefined,
  );
}

function conflictIn(
  block: Block,
  module: Module,
  opener: Directive | undefined,
  complete: boolean,
): BufferConflict | undefined {
  const find = (name: string): Directive | undefined => effective(block, `${module}_${name}`)?.directive;
  const [firstFrom, buffersFrom, busyFrom] = [
    find('buffer_size'),
    find('buffers'),
    find('busy_buffers_size'),
  ];
  const [writeFrom, tempFrom] = [find('temp_file_write_size'), find('max_temp_file_size')];
  const first = sizeOf(firstFrom, 0, pageSize);
  const count = buffersFrom ? Number(buffersFrom.args[0]?.value) : 8;
  const each = sizeOf(buffersFrom, 1, pageSize);
  if (first === undefined || each === undefined || !Number.isInteger(count)) return undefined;
  const largest = Math.max(first, each);
  const [busy, write] = [sizeOf(busyFrom, 0, 2 * largest), sizeOf(writeFrom, 0, 2 * largest)];
  const temp = sizeOf(tempFrom, 0, Number.POSITIVE_INFINITY);
  if (busy === undefined || write === undefined || temp === undefined) return undefined;

  const values = { module, first, count, each, busy, busyGiven: busyFrom !== undefined };
  const conflict = (
    kind: BufferConflict['kind'],
    name: string,
    said: string,
    from: readonly (Directive | undefined)[],
  ): BufferConflict | undefined => {
    const [cause, ...others] = from.filter((each) => each !== undefined);
    if (!cause) return undefined;
    const place = opener ? atEndOf(opener) : '';
    return {
      kind,
      name: `${module}_${name}`,
      values,
      nearest: nearestOf(block, [cause, ...others]),
      at: directiveSpan(cause),
      related: others.map(directiveSpan),
      log: `${said}${place}`,
      decided:
        complete || (kind === 'one-buffer' ? buffersFrom : buffersFrom && firstFrom && cause) !== undefined,
    };
  };
  const atLeast = `must be equal to or greater than the maximum of the value of "${module}_buffer_size" and one of the "${module}_buffers"`;
  const larger = first > each ? [firstFrom, buffersFrom] : [buffersFrom, firstFrom];
  if (count < 2) {
    return conflict('one-buffer', 'buffers', `there must be at least 2 "${module}_buffers"`, [buffersFrom]);
  }
  if (busy < largest) {
    const said = `"${module}_busy_buffers_size" ${atLeast}`;
    return conflict('busy-too-small', 'busy_buffers_size', said, [busyFrom, ...larger]);
  }
  if (busy > (count - 1) * each) {
    const said = `"${module}_busy_buffers_size" must be less than the size of all "${module}_buffers" minus one buffer`;
    return conflict('busy-too-large', 'busy_buffers_size', said, [busyFrom, ...larger]);
  }
  if (write < largest) {
    const said = `"${module}_temp_file_write_size" ${atLeast}`;
    return conflict('write-size', 'temp_file_write_size', said, [writeFrom, ...larger]);
  }
  if (temp !== 0 && temp < largest) {
    const said = `"${module}_max_temp_file_size" must be equal to zero to disable temporary files usage or ${atLeast}`;
    return conflict('temp-file', 'max_temp_file_size', said, [tempFrom, ...larger]);
  }
  return undefined;
}

function nearestOf(block: Block, [first, ...others]: readonly [Directive, ...Directive[]]): Effective {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const here = [first, ...others].find((directive) => own(at, directive.name) === directive);
    if (here) return { directive: here, block: at };
  }
  return { directive: first, block };
}

/** The size that an argument gives, or the default where the directive is not there; `undefined` where it is none. */
function sizeOf(directive: Directive | undefined, argument: number, byDefault: number): number | undefined {
  return directive ? parseNginxSize(directive.args[argument]?.value ?? '') : byDefault;
}
