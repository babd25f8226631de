import type { Edit } from '../engine/finding.ts';
import type { Span } from '../syntax/source.ts';

/** What has to be done to bring a host from one PHP version to another. */
export interface Upgrade {
  /** As a person would name the host: the directory given as root, or `this host`. */
  readonly host: string;
  readonly from: VersionState;
  readonly to: VersionState;
  /** Further versions below `to` that run, or that nginx names though nothing of them runs. */
  readonly others: readonly string[];
  readonly pointers: readonly Pointer[];
  readonly lostPools: readonly LostPool[];
  readonly poolChanges: readonly ValueChange[];
  readonly refusals: readonly Refusal[];
  readonly extensions: readonly MissingExtension[];
  readonly phpValues: readonly ValueChange[];
  /** Why values of php.ini could not be compared; absent where they could. */
  readonly phpValuesUnknown?: string;
  readonly steps: readonly Step[];
}

/** One PHP version of the host. */
export interface VersionState {
  /** `8.1` */
  readonly version: string;
  /** `runs`: php-fpm is configured and nothing keeps it from starting. `leftover`: its configuration is there and nothing starts it. */
  readonly state: 'runs' | 'leftover' | 'absent';
  /** Names of its pools. */
  readonly pools: readonly string[];
}

/** What kind of file a pointer stands in. */
export type PointerArea =
  | 'nginx'
  | 'php-fpm'
  | 'php.ini'
  | 'systemd'
  | 'cron'
  | 'logrotate'
  | 'supervisor'
  | 'monit'
  | 'sudo'
  | 'script'
  | 'alternatives';

/** One place that still points at the old version. */
export interface Pointer {
  readonly area: PointerArea;
  /** What names the old version. Of a symlink, the source's text is the path that it leads to. */
  readonly at: Span;
  /** What happens there today: `nobody listens here`, `served by the pool www of PHP 8.1`. */
  readonly today: string;
  /** The whole line as it should be; absent where the line can stay and something else has to move. */
  readonly line?: string;
  /** What to know before the line is changed. */
  readonly note?: string;
  /** The change, where it is safe: the new version answers there already. */
  readonly edit?: Edit;
  /** Who meets it: `visitors of shop.example.com`. */
  readonly affects: readonly string[];
}

/** A pool of the old version that the new one does not have. */
export interface LostPool {
  readonly name: string;
  /** Its header. */
  readonly at: Span;
  /** Where the new version would look for it. */
  readonly target: string;
  /** `www-data`, or `shop:www-data` where the group has another name. */
  readonly user?: string;
  readonly listen?: string;
  /** Its address once the version in it is renamed. */
  readonly newListen?: string;
  /** True where both versions would claim the same address. */
  readonly collides: boolean;
  readonly affects: readonly string[];
}

/** A value of the old version that the new one has not taken over. */
export interface ValueChange {
  readonly name: string;
  /** The pool that it stands in; absent for php.ini. */
  readonly pool?: string;
  readonly value: string;
  readonly at: Span;
  /** What the new version has; absent where it sets nothing. */
  readonly now?: { readonly value: string; readonly at: Span };
}

/** A setting that the new version does not take. */
export interface Refusal {
  readonly name: string;
  readonly at: Span;
  /** `refuses`: php-fpm does not start with it. `ignores`: it has no effect any more. */
  readonly effect: 'refuses' | 'ignores';
  /** Why, or in php-fpm's own words: `removed in PHP 8.0`. */
  readonly why: string;
}

/** An extension that the old version loads and the new one does not. */
export interface MissingExtension {
  readonly name: string;
  readonly at: Span;
  /** The package that brings it, where the distribution has one. */
  readonly package?: string;
  readonly note?: string;
}

/** One step of an upgrade without an outage. */
export interface Step {
  readonly title: string;
  readonly commands: readonly string[];
  readonly notes: readonly string[];
}
