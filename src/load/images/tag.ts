import type { ImageSystem } from './known-image.ts';

/** The full version that begins a tag: `1.25.3` of `1.25.3-alpine`. Two numbers are a line of versions, not one. */
export function fullVersion(tag: string): string | undefined {
  return /^(\d+\.\d+\.\d+)(?:-|$)/.exec(tag)?.[1];
}

/** The line of versions that begins a tag: `8.3` of `8.3.1-fpm` and of `8.3-fpm`. */
export function versionLine(tag: string): string | undefined {
  return /^(\d+\.\d+)(?:[.-]|$)/.exec(tag)?.[1];
}

/** Official images are made of Debian unless their tag names Alpine. Nothing where a variable in the tag may do so. */
export function officialSystem(tag: string): ImageSystem | undefined {
  if (/\balpine/.test(tag)) return 'alpine';
  return tag.includes('${') ? undefined : 'debian';
}

/** True where a tag names a version before another: `1.16.1` before 1.17. Tags without a number are the newest. */
export function isBefore(tag: string, major: number, minor: number): boolean {
  const found = /^(\d+)(?:\.(\d+))?(?:[.-]|$)/.exec(tag);
  if (!found) return false;
  const [own, line] = [Number(found[1]), found[2]];
  return own === major ? line !== undefined && Number(line) < minor : own < major;
}
