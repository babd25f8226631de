import { describe, expect, test } from 'vitest';
import { listenersOfCommand } from '../../../src/model/apps/commands/listeners-of-command.ts';
import { addressText } from '../../../src/model/links/address.ts';
import { splitWords } from '../../../src/syntax/command-line/words.ts';
import { sourceOf } from './source-of.ts';

/** `http 127.0.0.1:8000 at "8000"`, with a `?` behind what is in doubt. */
function told(line: string, variables: Record<string, string> = {}): string {
  const source = sourceOf('/srv/start', line);
  const environment = {
    variables: new Map(
      Object.entries(variables).map(([name, value]) => {
        const span = { source: sourceOf('/srv/env', value), start: 0, end: value.length };
        return [name, { value, span }] as const;
      }),
    ),
    isWhole: true,
  };
  const found = listenersOfCommand({
    words: splitWords(line, source, 0, 'shell'),
    environment,
    directory: '/srv/app',
    nearby: {
      script: () => undefined,
      read: (path) =>
        path === '/srv/app/app.ini'
          ? sourceOf(path, '[uwsgi]\nname = shop\nsocket = /run/%(name).sock\nchmod-socket = 660\n')
          : undefined,
      isAbsent: (path) => path.startsWith('/srv/app/') && !path.endsWith('.ini'),
    },
  });
  if (found.kind !== 'listens') return found.kind;
  return found.listeners
    .map(({ protocol, isProtocolGuessed, address, span, doubt }) => {
      const written = span?.source.text.slice(span.start, span.end);
      const speaks = isProtocolGuessed ? '' : `${protocol} `;
      return `${speaks}${addressText(address)} at "${written}"${doubt === undefined ? '' : ' ?'}`;
    })
    .join(', ');
}

describe('servers of Python', () => {
  test.each([
    ['gunicorn -b 127.0.0.1:8001 app:app', 'http 127.0.0.1:8001 at "127.0.0.1:8001"'],
    [
      '/srv/venv/bin/gunicorn app:app --bind=unix:/run/app.sock',
      'http unix:/run/app.sock at "unix:/run/app.sock"',
    ],
    ['gunicorn --bind unix:app.sock app:app', 'http unix:/srv/app/app.sock at "unix:app.sock"'],
    [
      'gunicorn -b :8001 -b [::1]:8002 app:app',
      'http 0.0.0.0:8001 at ":8001", http [::1]:8002 at "[::1]:8002"',
    ],
    ['gunicorn -b 127.0.0.1:8001 --certfile c.pem app:app', 'https 127.0.0.1:8001 at "127.0.0.1:8001"'],
    ['gunicorn app:app', 'http 127.0.0.1:8000 at "gunicorn" ?'],
    ['gunicorn -c conf.py app:app', 'unplaced'],
    ['gunicorn -b fd://3 app:app', 'unplaced'],
    ['uvicorn main:app --port 8002', 'http 127.0.0.1:8002 at "8002"'],
    ['uvicorn main:app --host 0.0.0.0 --port=8002', 'http 0.0.0.0:8002 at "8002"'],
    ['python3 -m uvicorn main:app --uds /run/api.sock', 'http unix:/run/api.sock at "/run/api.sock"'],
    ['poetry run hypercorn -b 0.0.0.0:8003 main:app', 'http 0.0.0.0:8003 at "0.0.0.0:8003"'],
    ['daphne -p 8004 -b 0.0.0.0 app.asgi:application', 'http 0.0.0.0:8004 at "8004"'],
    ['waitress-serve --listen=127.0.0.1:8005 app:app', 'http 127.0.0.1:8005 at "127.0.0.1:8005"'],
    ['flask --app shop run -p 5001', 'http 127.0.0.1:5001 at "5001" '.trim()],
    ['python manage.py runserver 0.0.0.0:8006', 'http 0.0.0.0:8006 at "0.0.0.0:8006"'],
    ['python manage.py runserver 8007', 'http 127.0.0.1:8007 at "8007"'],
    ['python manage.py migrate', 'silent'],
    ['python -m http.server 8008', 'http *:8008 at "8008"'],
    ['python app.py', 'unplaced'],
    ['celery -A shop worker', 'silent'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe('servers of JavaScript', () => {
  test.each([
    ['next start -p 3001', 'http *:3001 at "3001"'],
    ['node node_modules/.bin/next start -p 3001', 'http *:3001 at "3001"'],
    ['node node_modules/next/dist/bin/next start -H 127.0.0.1 --port 3001', 'http 127.0.0.1:3001 at "3001"'],
    ['npx next start', 'http *:3000 at "next" ?'],
    ['env PORT=3002 next start', 'http *:3002 at "3002"'],
    ['vite preview --port 4000', 'http localhost:4000 at "4000"'],
    ['ng serve --port 4201', 'http localhost:4201 at "4201"'],
    ['serve -s build -l 3003', 'http *:3003 at "3003"'],
    ['node server.js --port 3004', '*:3004 at "3004" ?'],
    ['PORT=3005 node --max-old-space-size=512 server.js', '*:3005 at "3005" ?'],
    ['PORT=3006 node .output/server/index.mjs', 'http *:3006 at "3006"'],
    ['deno serve --port 8010 main.ts', 'http 0.0.0.0:8010 at "8010"'],
    ['node server.js', 'unplaced'],
    ['npm start', 'unplaced'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe('servers for PHP, Ruby, Java, .NET', () => {
  test.each([
    ['php artisan serve --port=8100', 'http 127.0.0.1:8100 at "8100"'],
    ['php8.2 /var/www/shop/artisan octane:start --host=0.0.0.0 --port=8101', 'http 0.0.0.0:8101 at "8101"'],
    ['php artisan queue:work', 'silent'],
    ['php -S 127.0.0.1:8102 -t public', 'http 127.0.0.1:8102 at "127.0.0.1:8102"'],
    ['php-cgi8.2 -b 127.0.0.1:9001', 'fastcgi 127.0.0.1:9001 at "127.0.0.1:9001"'],
    ['php-cgi -b /run/php-cgi.sock', 'fastcgi unix:/run/php-cgi.sock at "/run/php-cgi.sock"'],
    ['spawn-fcgi -a 127.0.0.1 -p 9002 -- /usr/bin/php-cgi', 'fastcgi 127.0.0.1:9002 at "9002"'],
    ['spawn-fcgi -s /run/cgi.sock -M 0660 /usr/bin/php-cgi', 'fastcgi unix:/run/cgi.sock at "/run/cgi.sock"'],
    ['fcgiwrap -s unix:/run/fcgiwrap.sock', 'fastcgi unix:/run/fcgiwrap.sock at "unix:/run/fcgiwrap.sock"'],
    ['fcgiwrap -s tcp:127.0.0.1:9003', 'fastcgi 127.0.0.1:9003 at "tcp:127.0.0.1:9003"'],
    ['bundle exec puma -b unix:///run/puma.sock', 'http unix:/run/puma.sock at "unix:///run/puma.sock"'],
    ['bin/rails server -p 3100', 'http localhost:3100 at "3100"'],
    ['java -Dserver.port=8110 -jar shop.jar', '*:8110 at "8110"'],
    ['java -jar shop.jar --server.port=8111', '*:8111 at "8111"'],
    ['dotnet Shop.dll --urls http://127.0.0.1:5100', 'http 127.0.0.1:5100 at "http://127.0.0.1:5100"'],
    ['docker run --rm -p 127.0.0.1:3200:80 shop', '127.0.0.1:3200 at "127.0.0.1:3200:80"'],
    ['docker compose up', 'unplaced'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe('uWSGI', () => {
  test.each([
    ['uwsgi --socket 127.0.0.1:3031 --module app', 'uwsgi 127.0.0.1:3031 at "127.0.0.1:3031"'],
    ['uwsgi --http-socket :3032', 'http 0.0.0.0:3032 at ":3032"'],
    ['uwsgi --protocol=http --socket :3033', 'http 0.0.0.0:3033 at ":3033"'],
    ['uwsgi --ini /srv/app/app.ini', 'uwsgi unix:/run/shop.sock at "/run/%(name).sock"'],
    ['uwsgi app.ini', 'uwsgi unix:/run/shop.sock at "/run/%(name).sock"'],
    ['uwsgi --ini other.ini', 'unplaced'],
    ['uwsgi --emperor /etc/uwsgi/vassals', 'unplaced'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe('commands around commands', () => {
  test.each([
    ["sh -c 'exec gunicorn -b 127.0.0.1:8001 app:app'", 'http 127.0.0.1:8001 at "127.0.0.1:8001"'],
    ['bash -lc "cd /srv/shop && next start -p 3001"', 'http *:3001 at "3001"'],
    ["sh -c 'next start -p 3001 & next start -p 3002'", 'unplaced'],
    ["sh -c 'next start -p $(cat port)'", 'unplaced'],
    ['sudo -u www-data -- uvicorn main:app --port 8002', 'http 127.0.0.1:8002 at "8002"'],
    ['timeout 5 next start -p 3001', 'http *:3001 at "3001"'],
    ['/usr/sbin/php-fpm8.2 --nodaemonize', 'silent'],
    ['constructor', 'unplaced'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe('variables', () => {
  test('one that the program is known to read says it for sure', () => {
    expect(told('next start', { PORT: '3010' })).toBe('http *:3010 at "3010"');
    expect(told('uvicorn main:app', { UVICORN_PORT: '8010' })).toBe('http 127.0.0.1:8010 at "8010"');
    expect(told('gunicorn app:app', { PORT: '8011' })).toBe('http 0.0.0.0:8011 at "8011"');
  });

  test('an option wins over them', () => {
    expect(told('next start -p 3001', { PORT: '3010' })).toBe('http *:3001 at "3001"');
  });

  test('one in an option stands where it is set', () => {
    expect(told('uvicorn main:app --port $WEB_PORT', { WEB_PORT: '8012' })).toBe(
      'http 127.0.0.1:8012 at "8012"',
    );
  });

  test('any other program may or may not read it', () => {
    expect(told('/srv/app/server', { PORT: '3011' })).toBe('*:3011 at "3011" ?');
    expect(told('/srv/app/server', { PORT: '0' })).toBe('unplaced');
  });
});
