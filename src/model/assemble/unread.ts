import { BLOCKS_DEEP } from '../../load/nginx-extent.ts';
import type { Root } from '../../load/root.ts';
import type { AssembledNginx } from './nginx.ts';

/** A file of a host that is there and was not read. */
export interface UnreadPart {
  readonly file: string;
  readonly message: string;
  /** True for the file that nginx or php-fpm starts from: of all that it includes nothing is known either. */
  readonly isMain?: true;
}

/** Files of nginx that are there and could not be read: of what stands in them nothing is known. */
export function unreadByNginx(nginx: AssembledNginx, root: Root): readonly UnreadPart[] {
  switch (nginx.kind) {
    case 'none':
      return [];
    case 'unread':
      return [{ ...nginx.failure, isMain: true }];
    case 'nginx': {
      const failed = nginx.loaded.troubled.flatMap(({ found }) =>
        found.kind === 'files' ? found.failed : [found],
      );
      const unread = failed.flatMap((each) =>
        each.kind === 'unread' && each.isThere ? [{ file: root.display(each.path), message: each.why }] : [],
      );
      const message = `blocks that stand more than ${BLOCKS_DEEP} deep inside of each other are not judged`;
      return [
        ...unread,
        ...nginx.loaded.tooDeep.map(({ parsed }) => ({ file: parsed.source.file, message })),
      ];
    }
    default:
      return nginx satisfies never;
  }
}
