/** The options of php-fpm that change what it reads. https://www.php.net/manual/en/install.fpm.php and `php-fpm -h` */
export interface FpmOptions {
  readonly config?: string;
  readonly prefix?: string;
  readonly ini?: string;
}

/** Reads them out of the words behind the program. */
export function fpmOptions(words: readonly string[]): FpmOptions {
  const options: { config?: string; prefix?: string; ini?: string } = {};
  const keys = {
    '-y': 'config',
    '--fpm-config': 'config',
    '-p': 'prefix',
    '--prefix': 'prefix',
    '-c': 'ini',
    '--php-ini': 'ini',
  } as const;
  words.forEach((word, index) => {
    for (const [flag, key] of Object.entries(keys)) {
      if (word === flag) options[key] = words[index + 1] ?? '';
      else if (flag.startsWith('--') && word.startsWith(`${flag}=`))
        options[key] = word.slice(flag.length + 1);
      else if (!flag.startsWith('--') && word.startsWith(flag) && word.length > 2 && word[1] !== '-') {
        options[key] = word.slice(2).replace(/^=/, '');
      }
    }
  });
  return options;
}
