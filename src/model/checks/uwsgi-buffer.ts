import type { Directive } from '../../syntax/nginx/tree.ts';
import { parseNginxSize } from '../../values/nginx.ts';
import type { App, AppLimit } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import { effective } from '../nginx/block.ts';

/** A uWSGI that is handed heads of requests which do not fit into its buffer. */
export interface SmallBuffer {
  readonly dialed: Dialed;
  readonly app: App;
  readonly buffer: AppLimit;
  /** In bytes: the longest line of a head that nginx takes. */
  readonly taken: number;
  /** The `large_client_header_buffers` that says so; absent for the default. */
  readonly from?: Directive;
}

/** In bytes. https://nginx.org/en/docs/http/ngx_http_core_module.html#large_client_header_buffers */
const defaultTaken = 8 * 1024;

/** Finds the passes over uWSGI's own protocol to a buffer that is smaller than one line of a head may be. */
export function smallBuffers(host: Host): readonly SmallBuffer[] {
  return dialedBeyondPools(host).flatMap((dialed): readonly SmallBuffer[] => {
    const [listener] = answering(dialed.peer);
    const app = listener?.owner.kind === 'app' ? listener.owner.app : undefined;
    const buffer = app?.limits?.uwsgiBufferBytes;
    const pass = dialed.links[0]?.pass;
    if (!app || !buffer || pass?.protocol !== 'uwsgi') return [];
    const from = effective(pass.server.block, 'large_client_header_buffers')?.directive;
    const taken = from ? parseNginxSize(from.args[1]?.value ?? '') : defaultTaken;
    if (taken === undefined || taken <= buffer.value) return [];
    return [{ dialed, app, buffer, taken, ...(from && { from }) }];
  });
}
