import type { FpmProblem, FpmProblemKind } from '../../syntax/fpm/problem.ts';
import type { Span } from '../../syntax/source.ts';

/** Notes a problem; the message is php-fpm's own. */
export type Report = (
  kind: FpmProblemKind,
  message: string,
  span: Span | undefined,
  more?: Partial<FpmProblem>,
) => void;
