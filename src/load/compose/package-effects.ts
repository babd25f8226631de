/** Parts of the names of packages that add users of their own. */
const ADDS_USERS =
  /server|nginx|apache|httpd|lighttpd|caddy|redis|memcached|postgres|mysql|mariadb|rabbit|dovecot|postfix|exim|sendmail|varnish|haproxy|squid|cron|dbus|ntp|avahi|clam|bind|dnsmasq|tomcat|openssh|php|fpm|supervisor/;

/** Paths that installing or removing packages may change: directories of their names below `/etc`, and the files of users. */
export function packageEffects(words: readonly string[]): readonly string[] {
  const packages = words.slice(1).map((word) => word.split(/[=~<>]/, 1).join(''));
  const paths = packages.flatMap((name) => {
    const stem = name.split(/[\d.-]/, 1).join('');
    return stem === '' ? [`/etc/${name}`] : [`/etc/${name}`, `/etc/${stem}`];
  });
  // What images call PHPIZE_DEPS and the like are compilers and headers.
  const hasVariables = packages.some((name) => name.includes('$') && !/deps/i.test(name));
  const addsUsers = hasVariables || packages.some((name) => ADDS_USERS.test(name));
  return [
    ...paths.filter((path) => !path.includes('$')),
    ...(addsUsers ? ['/etc/passwd', '/etc/group', '/run'] : []),
  ];
}
