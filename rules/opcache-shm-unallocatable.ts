import { defineRule } from '../src/engine/rule.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { opcacheOverflows } from '../src/model/checks/opcache.ts';
import { bytesText } from '../src/values/bytes-text.ts';

export default defineRule({
  id: 'opcache-shm-unallocatable',
  title: 'OPcache asks for more shared memory than there is',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Compares `opcache.memory_consumption`, which is in megabytes, with the memory of the host. It is an error where no machine could give so much, such as a number that was meant in bytes.',
    why: 'The kernel refuses the memory, and PHP ends when it starts: every site of that PHP version answers 502.',
    fine: 'Swap, or a kernel that promises more than it has, may make up for it.',
    fix: 'Give the size in megabytes: 128 is the default.',
  },
  references: [
    'https://www.php.net/manual/en/opcache.configuration.php#ini.opcache.memory-consumption',
    'https://docs.kernel.org/mm/overcommit-accounting.html',
  ],
  frequency: 'low',
  logs: [
    'Fatal Error Unable to allocate shared memory segment of <size> bytes: mmap: Cannot allocate memory (12)',
  ],
  examples: [
    {
      name: 'bytes',
      bad: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.memory_consumption = 134217728\n',
      },
      good: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.memory_consumption = 128\n',
      },
    },
    {
      name: 'more than the host has',
      bad: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.memory_consumption = 4096\n',
      },
      good: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.memory_consumption = 512\n',
      },
      options: { memoryBytes: 2 ** 31 },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { master, span, bytes, certain } of opcacheOverflows(host)) {
        context.report(
          masterRefusal(
            {
              master,
              message: certain
                ? `OPcache asks for ${bytesText(bytes)} of shared memory, which no machine has`
                : `OPcache asks for ${bytesText(bytes)} of shared memory, which is more than the host has`,
              log: `Fatal Error Unable to allocate shared memory segment of ${bytes} bytes: mmap: Cannot allocate memory (12)`,
              at: span,
              seenByTest: true,
              when: certain ? undefined : 'unless swap makes up for it',
              help: 'the number is in megabytes: 128 is the default',
            },
            host,
          ),
        );
      }
    }
  },
});
