import type { Source } from '../source.ts';
import type { FpmConfig, FpmEntry, FpmHeader, FpmInclude, FpmStretch } from './entry.ts';
import { entriesOf } from './placed-entry.ts';

/** What was read. Headers and entries are made only for those who ask for all of them. */
export class ReadConfig implements FpmConfig {
  readonly main: Source;
  readonly files: readonly Source[];
  readonly stretches: readonly FpmStretch[];
  readonly includes: readonly FpmInclude[];
  readonly pools: readonly string[];

  constructor(
    main: Source,
    files: readonly Source[],
    stretches: readonly FpmStretch[],
    includes: readonly FpmInclude[],
    pools: readonly string[],
  ) {
    this.main = main;
    this.files = files;
    this.stretches = stretches;
    this.includes = includes;
    this.pools = pools;
  }

  get headers(): readonly FpmHeader[] {
    return this.stretches.flatMap(({ section, header }) => (header ? [{ section, span: header }] : []));
  }

  get entries(): readonly FpmEntry[] {
    return entriesOf(this.stretches);
  }
}
