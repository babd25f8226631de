import type { Host } from '../host.ts';
import { own } from '../nginx/block.ts';
import { inPlace, type Refusal, wordSpan } from '../nginx/start/refusal.ts';

/** The user or group of nginx's workers, which the host does not have. */
export interface MissingNginxUser extends Refusal {
  readonly kind: 'user' | 'group';
  readonly name: string;
  /** False where a directory service may know more than the files. */
  readonly certain: boolean;
}

/**
 * Looks up the names of the `user` directive. Without a second one nginx takes a group of the user's name. nginx that is
 * not started as root passes over the directive.
 * https://nginx.org/en/docs/ngx_core_module.html#user and src/core/nginx.c, ngx_set_user
 */
export function missingNginxUser({ nginx, users }: Host): MissingNginxUser | undefined {
  const directive = nginx?.main.kind === 'main' ? own(nginx.main, 'user') : undefined;
  const [user, group = user] = directive?.args ?? [];
  if (!users || !directive || !user || !group) return undefined;
  const isMissing = users.user(user.value) === undefined;
  if (!isMissing && users.group(group.value) !== undefined) return undefined;
  const [kind, word, call] = isMissing
    ? (['user', user, 'getpwnam'] as const)
    : (['group', group, 'getgrnam'] as const);
  return {
    kind,
    name: word.value,
    certain: users.complete,
    at: wordSpan(directive, word),
    related: [],
    log: `${call}("${word.value}") failed${inPlace(directive)}`,
  };
}
