/**
 * Programs that nginx is not put in front of over HTTP, FastCGI, uwsgi, SCGI or gRPC: they serve nobody, or speak a
 * protocol of their own. nginx and php-fpm are read from their own files.
 */
const silentPrograms: ReadonlySet<string> = new Set(
  `nginx php-fpm true false sleep echo cat tail cp mv rm mkdir chown chmod ln touch test mount umount modprobe sysctl
  cron crond anacron atd supercronic fcron logrotate rsyslogd syslog-ng journalctl rsync tar certbot acme.sh dhclient
  sshd agetty getty login dbus-daemon polkitd udevd acpid irqbalance haveged rngd auditd chronyd ntpd ntpdate
  fail2ban-server ufw iptables ip6tables iptables-restore ip6tables-restore nft ip ifup ifdown apparmor_parser
  mysqld mysqld_safe mariadbd postgres pg_ctl pg_ctlcluster redis-server valkey-server redis-sentinel memcached mongod
  beanstalkd vsftpd proftpd pure-ftpd dovecot postfix exim exim4 opendkim named unbound dnsmasq
  systemd-resolved systemd-networkd systemd-timesyncd systemctl snapd unattended-upgrade fstrim swapon
  celery sidekiq resque rq rqworker dramatiq huey_consumer newrelic-daemon vector fluent-bit filebeat`.split(
    /\s+/,
  ),
);

/** True for a program that nginx dials nowhere. Versions stand in names: `php-fpm8.2`. */
export function isSilent(program: string): boolean {
  return silentPrograms.has(program) || /^(?:php\d?-?fpm|php-fpm)[\d.]*$/.test(program);
}

/** Units of distributions whose names differ from those of their programs, and that nginx is not put in front of. */
const silentUnits =
  /^(?:ssh|cron|mysql|mariadb|postgresql|redis|ufw|fail2ban|apparmor|networking|network-manager|NetworkManager.*|keyboard-setup|console-setup|rsyslog|chrony|ntp|ntpsec|dbus(?:-.*)?|e2scrub.*|fstrim|getty|serial-getty|systemd-.*|php.*-fpm|unattended-upgrades|apt-.*|dpkg-.*|lvm2-.*|blk-availability|open-vm-tools|vgauth|qemu-guest-agent|cloud-.*|snapd.*|multipathd|rpcbind|iscsid?|open-iscsi|udisks2|ModemManager|polkit|thermald|secureboot-db|grub-.*|pollinate|ubuntu-.*|ua-.*|motd-news|finalrd|lm-sensors|smartd|smartmontools|sysstat.*|atd|auditd|firewalld|tuned|irqbalance|microcode|mdmonitor|nis-domainname|rngd|sssd|kdump|remote-fs.*|dm-event|postfix|exim4|memcached)$/;

/** True for a unit of which nothing but its name is known, where that is one nginx dials nowhere. */
export function isSilentUnit(name: string): boolean {
  const bare = name
    .replace(/\.\w+$/, '')
    .split('@', 1)
    .join('');
  return isSilent(bare) || silentUnits.test(bare);
}
