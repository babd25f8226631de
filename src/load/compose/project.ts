import type { Given } from '../../syntax/compose/given.ts';
import type { Source, Span } from '../../syntax/source.ts';
import type { ComposeService, Doubt } from './service.ts';

/** A compose project: what `docker compose up` in its directory would start. */
export interface ComposeProject {
  /** As it begins the names of containers and networks. */
  readonly name: Given<string>;
  /** The directory of the first file, to which relative paths belong. Absolute. */
  readonly directory: string;
  /** Every compose file that was read: base, overrides, included and extended ones, in this order. Env files are not among them. */
  readonly files: readonly Source[];
  /** `.env` and what `include` names in its place: they fill in the compose files. Env files of services are not among them. */
  readonly environmentFiles: readonly Source[];
  readonly services: readonly ComposeService[];
  /** By key, the implied `default` among them. */
  readonly networks: ReadonlyMap<string, ComposeNetwork>;
  /** By key. */
  readonly volumes: ReadonlyMap<string, ComposeVolume>;
  /** What is wrong: compose would refuse the project. */
  readonly problems: readonly Doubt[];
  /** Files that are asked for and were not read, so that services may be missing or not whole. */
  readonly unread: readonly Doubt[];
}

/** A network of a project. */
export interface ComposeNetwork {
  readonly key: string;
  /** Where it is declared; absent for the implied `default`. */
  readonly span?: Span;
  /** Its name outside of the project. */
  readonly name: Given<string>;
  /** True where it is made elsewhere: containers of other projects may be in it. Unknown where a variable decides. */
  readonly isExternal: Given<boolean>;
  readonly driver?: Given<string>;
  /** True where nothing outside of it can be reached. */
  readonly isInternal: boolean;
}

/** A named volume of a project. */
export interface ComposeVolume {
  readonly key: string;
  readonly span: Span;
  /** Its name outside of the project. */
  readonly name: Given<string>;
  readonly isExternal: Given<boolean>;
  readonly driver?: Given<string>;
  /** The directory of the machine that it is, where its options say so (`type: none`, `o: bind`, `device: ...`). Absolute. */
  readonly bind?: Given<string>;
  /** True where its options put something else there: tmpfs, NFS. */
  readonly isSpecial: boolean;
}
