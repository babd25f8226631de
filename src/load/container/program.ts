import type { Given } from '../../syntax/compose/given.ts';
import type { Span } from '../../syntax/source.ts';
import type { ImagePort } from '../images/known-image.ts';

/** What runs in a container, as its compose file, its Dockerfile and what is known of its image tell. */
export interface RunningContainer {
  /** As a person names it: `api`. */
  readonly name: string;
  /** Where it is declared. */
  readonly span: Span;
  readonly program: ContainerProgram;
  readonly environment: ContainerEnvironment;
  readonly workingDirectory?: Given<string>;
  /** Absent where it is root. */
  readonly user?: Given<string>;
  readonly memoryLimit?: { readonly bytes: number; readonly span: Span };
}

/** What a container starts. */
export type ContainerProgram =
  /** nginx or php-fpm alone, which its own configuration tells all about. */
  | { readonly kind: 'server' }
  /** The program of the image, which answers at these ports unless it is told otherwise. */
  | { readonly kind: 'image'; readonly reference: string; readonly ports: readonly ImagePort[] }
  /** A command. `doubt` tells what may come between it and the program, as it reads behind "unless". */
  | { readonly kind: 'command'; readonly words: readonly Given<string>[]; readonly doubt?: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** The variables of a container. */
export interface ContainerEnvironment {
  readonly variables: ReadonlyMap<string, Given<string>>;
  /** False where others may be set. */
  readonly isWhole: boolean;
}
