import { positionAt, type Span } from '../syntax/source.ts';

/** How the tree names places, in few letters: the file once, then lines of it. */
export interface Places {
  /** `etc/nginx/sites-enabled/shop:3`; `:7` in the file of what it hangs on. */
  at(span: Span | undefined): { readonly place?: string };
  /** How places are named on what stands at a span. */
  below(span: Span | undefined): Places;
}

/** Places of a host: files below the directory that plays its `/` without that, as the tree begins with it. */
export function placesOf(root: string, current?: string): Places {
  return {
    at(span) {
      if (!span) return {};
      const { line } = positionAt(span.source, span.start);
      const { file } = span.source;
      if (file === current) return { place: `:${line}` };
      return { place: `${file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file}:${line}` };
    },
    below: (span) => (span ? placesOf(root, span.source.file) : placesOf(root, current)),
  };
}
