import type { Directive } from '../../syntax/nginx/tree.ts';
import { parseNginxSize } from '../../values/nginx.ts';
import type { Host } from '../host.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { effective } from '../nginx/block.ts';
import { type Pass, settingOf } from '../nginx/pass.ts';
import { hasSetting, type PassKind, someSetting } from '../nginx/pass-kind.ts';
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
  const found = new Map<Directive, SmallHeaderBuffer & { readonly passes: Pass[] }>();
  for (const { pass } of linksOfKinds(host, (kind) => kind.pass.isReachable && mayBeSmall(kind.pass))) {
    const name = settingOf(pass, '_buffer_size');
    const header = effective(pass.block, name)?.directive;
    const directive = header ?? effective(pass.block, settingOf(pass, '_buffers'))?.directive;
    const known = directive && found.get(directive);
    if (known) {
      known.passes.push(pass);
      continue;
    }
    const small = header
      ? loweredTo(header.statement.values)
      : directive && forgottenAt(directive.statement.values);
    if (directive && small !== undefined) {
      const kind = header ? 'lowered' : 'forgotten';
      found.set(directive, { kind, directive, bytes: small, name, passes: [pass] });
    }
  }
  return [...found.values()];
}

function mayBeSmall(kind: PassKind): boolean {
  return hasSetting(kind, '_buffer_size')
    ? someSetting(kind, '_buffer_size', (values) => loweredTo(values) !== undefined)
    : someSetting(kind, '_buffers', (values) => forgottenAt(values) !== undefined);
}

/** The size that a `*_buffer_size` below the default gives. */
function loweredTo([size = '']: readonly string[]): number | undefined {
  const bytes = parseNginxSize(size);
  return bytes !== undefined && bytes < defaultHeaderBuffer ? bytes : undefined;
}

/** What the header is left with where `*_buffers` were raised and no `*_buffer_size` is set. */
function forgottenAt([, size = '']: readonly string[]): number | undefined {
  const each = parseNginxSize(size);
  // A page is 4 or 8 KiB: nobody who only wrote the defaults down is meant.
  return each !== undefined && each > 2 * defaultHeaderBuffer ? defaultHeaderBuffer : undefined;
}
