// What programs that stand in Dockerfiles and start scripts write, as far as the configuration of a web server is concerned.

/** Change nothing that is looked at. `$@` is what the script is given, which whoever starts it knows. */
export const QUIET: ReadonlySet<string> = new Set(
  `set true false : test [ [[ fi for in done case esac export unset shift exit return local readonly
  echo printf cat grep egrep awk ls id which command type sleep wait trap head tail sort uniq cut tr wc date uname hash
  update-ca-certificates locale-gen ldconfig dpkg-reconfigure apt-key apt-mark apt-cache dpkg-query dpkg-architecture
  add-apt-repository nproc pwd basename dirname umask nginx php-fpm supervisord wait-for-it.sh wait-for-it dockerize
  envsubst nc ping pg_isready mysqladmin redis-cli strip ulimit $@ $*`.split(/\s+/),
);

/** Write below the directory they run in, and into caches of their own. */
export const BUILDERS: ReadonlySet<string> = new Set(
  `composer npm npx yarn pnpm bun pip pip3 gem bundle php node python python3 ruby cargo go corepack gulp webpack vite tsc
  artisan drush wp`.split(/\s+/),
);

/** Write what their arguments name. */
export const WRITERS: ReadonlySet<string> = new Set(
  `cp mv ln sed tee install touch tar unzip gunzip curl wget git openssl dd patch truncate rsync xargs find`.split(
    /\s+/,
  ),
);

/** Write into the directory they run in unless they are told another. */
export const UNPACKERS: ReadonlySet<string> = new Set('git tar unzip wget curl'.split(' '));

/** After `phpize`, they build an extension of PHP and install it beside the others. */
export const EXTENSION_STEPS: ReadonlySet<string> = new Set(['./configure', 'make']);

/** Make or take away what their arguments name. A name that is not known is none of the configuration, or somebody goes out of their way. */
export const MAKERS: ReadonlySet<string> = new Set([
  'rm',
  'rmdir',
  'mkdir',
  'mkfifo',
  'mktemp',
  'chown',
  'chmod',
  'chgrp',
  'setfacl',
  'setcap',
]);

/** Change the files of users and groups. */
export const USER_TOOLS: ReadonlySet<string> = new Set(
  'useradd adduser usermod userdel deluser groupadd addgroup groupmod groupdel delgroup gpasswd passwd chpasswd fixuid'.split(
    ' ',
  ),
);

/** Install or remove packages, which they name. */
export const PACKAGE_TOOLS: ReadonlySet<string> = new Set([
  'apt-get',
  'apt',
  'aptitude',
  'apk',
  'yum',
  'dnf',
  'microdnf',
  'pecl',
  'pear',
]);

/** Run the line behind `-c`, or a script. */
export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);

/** What follows them runs or not, and so may all after it. */
export const CONDITIONS: ReadonlySet<string> = new Set('then do else if while until elif !'.split(' '));

/** Run what follows them. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  'exec env sudo gosu su-exec time tini dumb-init docker-php-entrypoint'.split(' '),
);
