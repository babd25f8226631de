import { oncePer } from '../once-per.ts';
import type { NameTable } from './outline.ts';
import type { Pass } from './pass.ts';

/** Two passes in one block: nginx keeps one handler for a location, and each `*_pass` puts its own in place. */
export interface ReplacedPass {
  readonly lost: Pass;
  /** The last one, which takes the requests. */
  readonly winner: Pass;
}

/**
 * Finds the passes that a later one of another module in the same block replaces. Two of one module are refused:
 * `"fastcgi_pass" directive is duplicate`.
 *
 * `clcf->handler` in https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_fastcgi_module.c
 */
export function replacedPasses(passes: readonly Pass[]): readonly ReplacedPass[] {
  const lastOf = new Map(passes.map((pass) => [pass.block, pass]));
  return passes.flatMap((lost) => {
    const winner = lastOf.get(lost.block);
    return winner && winner !== lost && winner.directive.name !== lost.directive.name
      ? [{ lost, winner }]
      : [];
  });
}

/** Whether passes of several modules stand in the blocks of these names; nearly every block has one pass. */
export const hasSeveralPasses = oncePer((names: NameTable) => ({
  answer: [...names.keys()].filter((name) => name.endsWith('_pass')).length > 1,
}));
