/**
 * Where a directive stands. `unknown` is the block of a directive that no table knows: nothing can be said of what
 * is in it. The last row are blocks that hold data, not directives.
 */
export type NginxContext =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if-in-server'
  | 'if-in-location'
  | 'limit_except'
  | 'upstream'
  | 'stream'
  | 'stream-server'
  | 'stream-upstream'
  | 'mail'
  | 'mail-server'
  | 'unknown'
  | DataContext;

/** Blocks whose lines nginx hands to the directive they belong to. */
export type DataContext = 'map' | 'geo' | 'types' | 'split_clients' | 'charset_map';

/** The letters of the contexts in the directive table; a context without one is not told apart there. */
export const CONTEXT_LETTERS: Readonly<Partial<Record<NginxContext, string>>> = {
  main: 'm',
  events: 'e',
  http: 'h',
  server: 's',
  location: 'l',
  'if-in-server': 'i',
  'if-in-location': 'j',
  limit_except: 'x',
  upstream: 'u',
  stream: 'S',
  'stream-server': 'V',
  'stream-upstream': 'U',
  mail: 'M',
  'mail-server': 'N',
};

/** True where nginx reads lines of data instead of directives. */
export function isDataContext(context: NginxContext): context is DataContext {
  switch (context) {
    case 'map':
    case 'geo':
    case 'types':
    case 'split_clients':
    case 'charset_map':
      return true;
    default:
      return false;
  }
}

/** The context inside the block of a directive of that name which stands in `context`. */
export function contextInside(name: string, context: NginxContext): NginxContext {
  if (context === 'unknown' || isDataContext(context)) return 'unknown';
  const inStream = context.startsWith('stream');
  const inMail = context.startsWith('mail');
  switch (name) {
    case 'events':
    case 'http':
    case 'stream':
    case 'mail':
    case 'location':
    case 'limit_except':
    case 'map':
    case 'geo':
    case 'types':
    case 'split_clients':
    case 'charset_map':
      return name;
    case 'server':
      return inStream ? 'stream-server' : inMail ? 'mail-server' : 'server';
    case 'upstream':
      return inStream ? 'stream-upstream' : 'upstream';
    case 'if':
      return context === 'location' || context === 'if-in-location' ? 'if-in-location' : 'if-in-server';
    default:
      return 'unknown';
  }
}
