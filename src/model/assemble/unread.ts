import { BLOCKS_DEEP } from '../../load/nginx-include.ts';
import type { Root } from '../../load/root.ts';
import type { AssembledNginx } from './nginx.ts';

/** Files of nginx that are there and could not be read: of what stands in them nothing is known. */
export function unreadByNginx(
  nginx: AssembledNginx,
  root: Root,
): readonly { readonly file: string; readonly message: string }[] {
  switch (nginx.kind) {
    case 'none':
      return [];
    case 'unread':
      return [nginx.failure];
    case 'nginx': {
      const failed = [...nginx.loaded.includes.values()].flatMap((found) =>
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
