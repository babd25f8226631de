import packageFile from '../package.json' with { type: 'json' };

const manifest: { readonly version: string; readonly homepage?: string } = packageFile;

/** The version of no502, from its package. */
export const version = manifest.version;

/** Where no502 lives: the repository, without a trailing slash or fragment. */
export const homepage = (manifest.homepage ?? 'https://github.com/no502/no502').split('#', 1).join('');
