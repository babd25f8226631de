import type { Given } from '../../syntax/compose/given.ts';
import type { Source, Span } from '../../syntax/source.ts';

/** One thing that is done to the image, in order. */
export type BuildStep = CopyStep | RunStep;

/** `COPY` or `ADD`. */
export interface CopyStep {
  readonly kind: 'copy';
  readonly span: Span;
  readonly from: CopySource;
  /** Absolute path in the image. */
  readonly target: Given<string>;
  /** True where the target is a directory into which is copied: it ends with a slash, or there are several sources. */
  readonly intoDirectory: boolean;
}

/** Where a copy comes from. */
export type CopySource =
  /** A path of the build context, relative to it and in normal form (`/` for all of it); it may be a pattern. */
  | { readonly kind: 'context'; readonly path: string }
  /** A text in the Dockerfile itself, which goes by this name. */
  | { readonly kind: 'text'; readonly name: string; readonly text: Given<string> }
  /** Another stage or image, or an address. */
  | { readonly kind: 'elsewhere'; readonly why: string };

/** `RUN`, and the directory it starts in. */
export interface RunStep {
  readonly kind: 'run';
  readonly span: Span;
  /** The commands, those of here-documents included; words of the list form are quoted. */
  readonly text: string;
  readonly workingDirectory?: Given<string>;
  /** The variables it sees. */
  readonly values: ReadonlyMap<string, Given<string>>;
}

/** The image that a Dockerfile makes, as far as its text tells. */
export interface BuiltImage {
  readonly source: Source;
  /** The image it starts from, through all stages; `scratch` for nothing. */
  readonly base: Given<string>;
  readonly steps: readonly BuildStep[];
  readonly user?: Given<string>;
  readonly workingDirectory?: Given<string>;
  /** `ENV`, over what the base image sets where that is known. */
  readonly environment: ReadonlyMap<string, Given<string>>;
  readonly entrypoint?: Given<readonly Given<string>[]>;
  /** Absent where the base image's own counts, unless `entrypoint` is there: then there is none. */
  readonly command?: Given<readonly Given<string>[]>;
  /** Ports of `EXPOSE`, as written: `9000`, `53/udp`. */
  readonly exposed: readonly Given<string>[];
}
