import { atoi } from '../../syntax/zend/value.ts';

/** What a `listen` means to php-fpm. */
export type ListenAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | {
      readonly kind: 'tcp';
      /** As it is written, brackets of IPv6 removed: a name may stand for several addresses. */
      readonly host: string;
      readonly port: number;
    }
  /** A port alone: every address of the machine, `::` if there is IPv6, else `0.0.0.0`. */
  | { readonly kind: 'any'; readonly port: number }
  | {
      readonly kind: 'invalid';
      /** What php-fpm says when it starts; its test does not look. */
      readonly message: string;
    }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * Reads a `listen` in full, that is with a relative path already under its prefix. Anything with a colon is a network
 * address, cut at the last colon; digits alone are a port; the rest is a path.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c
 */
export function parseListen(text: string): ListenAddress {
  const colon = text.lastIndexOf(':');
  if (colon === -1) {
    return isDigits(text)
      ? port(text, (number) => ({ kind: 'any', port: number }))
      : { kind: 'unix', path: text };
  }
  const written = text.slice(0, colon);
  const host = written.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written;
  return port(text.slice(colon + 1), (number) =>
    // No name holds a slash, and an empty one is not looked up: `tcp://127.0.0.1:9000`, `:9000`.
    host === '' || host.includes('/')
      ? { kind: 'invalid', message: 'getaddrinfo: Name or service not known' }
      : { kind: 'tcp', host, port: number },
  );
}

/** True where php-fpm takes the text as a path, which may be relative to a prefix. */
export function isSocketPath(text: string): boolean {
  return !text.includes(':') && !isDigits(text);
}

function port(text: string, make: (number: number) => ListenAddress): ListenAddress {
  const number = atoi(text);
  if (number < 1 || number > 65_535) return { kind: 'invalid', message: `invalid port value '${text}'` };
  if (!isDigits(text)) {
    return { kind: 'invalid', message: 'getaddrinfo: Servname not supported for ai_socktype' };
  }
  return make(number);
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char < 48 || char > 57) return false;
  }
  return true;
}
