/**
 * The PHP version that a socket path or a pool's name speaks of, as `8.1`: `php8.1-fpm.sock`, `php81-php-fpm`, `php7-4.sock`.
 * `undefined` where there is none; `php8` alone names no minor version.
 */
export function phpVersionIn(text: string): string | undefined {
  const match = /php-?(?:fpm-?)?(?:cgi-?)?(\d)[.-]?(\d{1,2})(?!\d)/i.exec(text);
  return match ? `${match[1]}.${match[2]}` : undefined;
}

/** The same text with one version written as another, in the way the text writes it: `php81` to `php83`. */
export function withPhpVersion(text: string, from: string, to: string): string {
  return text.replaceAll(from, to).replaceAll(`php${from.replace('.', '')}`, `php${to.replace('.', '')}`);
}

/** Orders versions by number: `8.10` after `8.9`. */
export function comparePhpVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}
