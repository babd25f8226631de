import type { ProcessManager } from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { isSocketPath } from './listen-address.ts';
import { underPrefix } from './paths.ts';
import { type Pool, WrittenPool } from './pool.ts';
import { knownValue, type Setting, Settings } from './setting.ts';

/**
 * The pool that php-fpm adds for another's `pm.status_listen`: named `<pool>_status`, on demand, two workers, with the
 * other's user and socket permissions. It takes part in the check for pools that share an address.
 *
 * https://www.php.net/manual/en/install.fpm.configuration.php#pm.status-listen
 */
export function buildStatusPool(pool: Pool, prefix: string | undefined): Pool {
  return new StatusPool(pool, prefix);
}

class StatusPool extends WrittenPool {
  readonly #of: Pool;
  readonly #prefix: string | undefined;

  constructor(of: Pool, prefix: string | undefined) {
    super(`${of.name}_status`, new Settings([], undefined), { prefix });
    this.#of = of;
    this.#prefix = prefix;
  }

  override get isStatusPool(): boolean {
    return true;
  }

  override get headers(): readonly Span[] {
    return this.#of.headers;
  }

  /** Only php-fpm's own prefix counts here: the pool's is not handed on. */
  override get listen(): Setting<string | undefined> {
    const { statusListen } = this.#of;
    const text = knownValue(statusListen);
    return text !== undefined && isSocketPath(text)
      ? underPrefix(statusListen, this.prefix, this.#prefix)
      : statusListen;
  }

  override get statusPath(): Setting<string | undefined> {
    return this.#of.statusPath;
  }

  override get pm(): Setting<ProcessManager | undefined> {
    return { kind: 'default', value: 'ondemand' };
  }

  override get maxChildren(): Setting<number> {
    return { kind: 'default', value: 2 };
  }

  override get user(): Setting<string | undefined> {
    return this.#of.user;
  }

  override get group(): Setting<string | undefined> {
    return this.#of.group;
  }

  override get listenAclUsers(): Setting<string | undefined> {
    return this.#of.listenAclUsers;
  }

  override get listenAclGroups(): Setting<string | undefined> {
    return this.#of.listenAclGroups;
  }

  override get listenAllowedClients(): Setting<string | undefined> {
    return this.#of.listenAllowedClients;
  }

  override get listenOwner(): Setting<string | undefined> {
    return this.#of.listenOwner;
  }

  override get listenGroup(): Setting<string | undefined> {
    return this.#of.listenGroup;
  }

  override get listenMode(): Setting<number> {
    return this.#of.listenMode;
  }
}
