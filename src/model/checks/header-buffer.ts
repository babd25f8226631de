import type { Directive } from '../../syntax/nginx/tree.ts';
import { parseNginxSize } from '../../values/nginx.ts';
import type { Host } from '../host.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { effective } from '../nginx/block.ts';
import { type Pass, settingOf } from '../nginx/pass.ts';
import { hasSetting, type PassKind, settingsOf } from '../nginx/pass-kind.ts';
import { defaultHeaderBuffer } from './wrong-module.ts';

/** Passes whose buffer for the header of an answer is small, although somebody set buffers. Sizes are in bytes. */
export interface SmallHeaderBuffer {
  readonly passes: readonly Pass[];
  /** `lowered`: the header buffer is below its default. `forgotten`: the others were raised, and it was not. */
  readonly kind: 'lowered' | 'forgotten';
  readonly directive: Directive;
  readonly bytes: number;
  /** `fastcgi_buffer_size`. */
  readonly name: string;
}

/** https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffer_size and its like in the other modules */
export function smallHeaderBuffers(host: Host): readonly SmallHeaderBuffer[] {
  const found = new Map<Directive, Omit<SmallHeaderBuffer, 'passes'> & { readonly passes: Pass[] }>();
  for (const { pass } of linksOfKinds(host, (kind) => kind.pass.isReachable && mayBeSmall(kind.pass))) {
    const buffer = bufferOf(pass);
    if (!buffer) continue;
    const known = found.get(buffer.directive);
    if (known) known.passes.push(pass);
    else found.set(buffer.directive, { ...buffer, passes: [pass] });
  }
  return [...found.values()];
}

function mayBeSmall(kind: PassKind): boolean {
  return hasSetting(kind, '_buffer_size')
    ? [...settingsOf(kind, '_buffer_size')].some((header) => loweredTo(header) !== undefined)
    : [...settingsOf(kind, '_buffers')].some(isRaised);
}

function bufferOf(pass: Pass): Omit<SmallHeaderBuffer, 'passes'> | undefined {
  const name = settingOf(pass, '_buffer_size');
  const { block } = pass;
  const header = effective(block, name)?.directive;
  if (header) {
    const bytes = loweredTo(header);
    return bytes === undefined ? undefined : { kind: 'lowered', directive: header, bytes, name };
  }
  const buffers = effective(block, settingOf(pass, '_buffers'))?.directive;
  return buffers && isRaised(buffers)
    ? { kind: 'forgotten', directive: buffers, bytes: defaultHeaderBuffer, name }
    : undefined;
}

/** The size of a `*_buffer_size` below the default; `undefined` for any other. */
function loweredTo({ args }: Directive): number | undefined {
  const bytes = parseNginxSize(args[0]?.value ?? '');
  return bytes !== undefined && bytes < defaultHeaderBuffer ? bytes : undefined;
}

function isRaised({ args }: Directive): boolean {
  const each = parseNginxSize(args[1]?.value ?? '');
  // A page is 4 or 8 KiB: nobody who only wrote the defaults down is meant.
  return each !== undefined && each > 2 * defaultHeaderBuffer;
}
