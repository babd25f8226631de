/** One stretch of a text that names a PHP version, and what stands there once another version is meant. */
export interface Mention {
  /** Offset into the text. */
  readonly start: number;
  /** Offset after it. */
  readonly end: number;
  readonly renamed: string;
}

/**
 * The directories that extensions are built for, `ZEND_MODULE_API_NO` of Zend/zend_modules.h of each version:
 * `/usr/lib/php/20210902/ioncube.so` is PHP 8.1's as surely as `/etc/php/8.1` is.
 */
const extensionApi: Readonly<Record<string, string>> = {
  '7.0': '20151012',
  '7.1': '20160303',
  '7.2': '20170718',
  '7.3': '20180731',
  '7.4': '20190902',
  '8.0': '20200930',
  '8.1': '20210902',
  '8.2': '20220829',
  '8.3': '20230831',
  '8.4': '20240924',
  '8.5': '20250925',
};

/** Finds where texts name one version and tells how they name another. */
export interface VersionText {
  mentions(text: string): readonly Mention[];
  /** The text with every mention renamed. */
  rename(text: string): string;
}

/**
 * Knows a version by the ways in which paths, programs, services and sockets write it: `php8.1-fpm`, `php81-php-fpm`, `/php/8.1/`,
 * `php-fpm-8.1`, `php-cgi-81.sock`, `php@8.1`. What stands between the digits stays as it is.
 */
export function versionText(from: string, to: string): VersionText {
  const [major = '', minor = ''] = from.split('.');
  const [toMajor = '', toMinor = ''] = to.split('.');
  const api = extensionApi[from];
  const toApi = extensionApi[to];
  const alternatives = [
    `(?<=php(?:-?(?:fpm|cgi|cli))?[-_/@]?)${major}([-._]?)${minor}(?!\\d)`,
    // Loaders that are bought carry it at their end: ioncube_loader_lin_8.1.so.
    `(?<=_)${major}(\\.)${minor}(?=\\.so)`,
    ...(api !== undefined && toApi !== undefined ? [`(?<=/)${api}(?=/|$)`] : []),
  ];
  const pattern = new RegExp(alternatives.join('|'), 'gi');

  function mentions(text: string): readonly Mention[] {
    return [...text.matchAll(pattern)].map((match) => {
      const between = match[1] ?? match[2];
      const renamed = between === undefined ? (toApi ?? '') : `${toMajor}${between}${toMinor}`;
      return { start: match.index, end: match.index + match[0].length, renamed };
    });
  }

  return {
    mentions,
    rename: (text) => renameAll(text, mentions(text)),
  };
}

function renameAll(text: string, mentions: readonly Mention[]): string {
  let renamed = '';
  let from = 0;
  for (const mention of mentions) {
    renamed += text.slice(from, mention.start) + mention.renamed;
    from = mention.end;
  }
  return renamed + text.slice(from);
}
