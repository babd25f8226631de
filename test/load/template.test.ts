import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPlaceholder, hasTemplateName, maskPlaceholders } from '../../src/load/template.ts';
import { decode } from '../../src/syntax/source.ts';

const inNginx = (text: string, path = '/repo/nginx.conf') => findPlaceholder(path, text, 'nginx');
const inFpm = (text: string, path = '/repo/www.conf') => findPlaceholder(path, text, 'php-fpm');

describe('a placeholder of nginx files', () => {
  test.each([
    ['listen {{ nginx_port }};', '{{ nginx_port }}'],
    ['listen {{ .Values.port }};', '{{ .Values.port }}'],
    ['{% if ssl %}\nlisten 443 ssl;\n{% endif %}', '{% if'],
    ['{# a note\n # of Ansible #}\nlisten 80;', '{#'],
    ['listen <%= @port %>;', '<%= @port %>'],
    ['<?php echo $VAR->domain ?>\nlisten 80;', '<?php'],
    ["server_name <tmpl_var name='domain'>;", '<tmpl_var'],
    [`server_name $\{NGINX_HOST};`, `$\{NGINX_HOST}`],
    [`listen $\{NGINX_PORT:-8080};`, `$\{NGINX_PORT:-8080}`],
    ['server_name @@HOSTNAME@@;', '@@HOSTNAME@@'],
    ['set_real_ip_from @REAL_IP_FROM@;', '@REAL_IP_FROM@'],
    ['server_name dev.@SITE_DOMAIN;', '@SITE_DOMAIN'],
    ['server unix:@{PHP_FPM_LISTEN};', '@{PHP_FPM_LISTEN}'],
    ['location __PATH__/ {\n}', '__PATH__'],
    ['fastcgi_pass unix:/run/php/php__PHP_VERSION__-fpm.sock;', '__PHP_VERSION__'],
    ['server_name %domain_idn%;', '%domain_idn%'],
    ['worker_processes !NGINX_WORKER_PROCESSES!;', '!NGINX_WORKER_PROCESSES!'],
    ['listen <FLARUM_PORT>;', '<FLARUM_PORT>'],
    ['proxy_pass <fqdn>/auth;', '<fqdn>'],
    ['server {\n  <auth>\n}', '<auth>'],
    ['server_tokens {EXPOSE_WEB_SERVER_INFO};', '{EXPOSE_WEB_SERVER_INFO}'],
    ['server_name  {vvv_hosts};', '{vvv_hosts}'],
  ])('%s', (text, placeholder) => {
    expect(inNginx(text)).toContain(placeholder);
  });

  test.each([
    [`set $root /srv; root $\{root}/public;`],
    [`set $MAGE_ROOT /app; root $\{MAGE_ROOT}/pub;`],
    ['set $MAGE_ROOT /app;\nroot $MAGE_ROOT/pub;'],
    ['error_page 404 @FALL_BACK;\nlocation @FALL_BACK {\n}'],
    ['try_files $uri @NOT_FOUND;'],
    ['auth_basic "Ask admin@EXAMPLE_HOST";'],
    ['ssl_ciphers HIGH:!aNULL:!MD5:!RC4;'],
    ['rewrite ^/a%20b%20c$ /d;'],
    ['if ($query_string ~ "(<|%3C).*script.*(>|%3E)") { return 403; }'],
    ['location ~ ^/(?<user_name>[a-z]+)/ {\n}'],
    ["return 200 '<html><body><h1>hello</h1></body></html>';"],
    ['return 200 <html>hello</html>;'],
    ["sub_filter '__BASE_PATH__' '/app';"],
    ['log_format json \'{"a": {"b": "$uri"}}\';'],
    ['# listen {{ port }}; is what Ansible makes of it'],
    ['listen 80; # {{ port }}'],
    ['listen 80; ## MAIN ##\nlisten 81; ##OTHER##'],
    ['content_by_lua_block { local t = {{1, 2}, {a = 1}} ngx.say(t) }'],
    ['location ~ ^/[0-9]{2}/ {\n}'],
  ])('none: %s', (text) => {
    expect(inNginx(text)).toBeUndefined();
  });
});

describe('a placeholder of php-fpm files', () => {
  test.each([
    ['[{{ pool }}]\nlisten = 9000', '{{ pool }}'],
    ['[@@USER@@]', '@@USER@@'],
    ['pm = @WWW_PM_MODE ;; as a rule ondemand', '@WWW_PM_MODE'],
    ['listen = /run/php/php__PHP_VERSION__.sock', '__PHP_VERSION__'],
    ['clear_env = $clear_env', '$clear_env'],
    ['listen = %backend_lsnr%', '%backend_lsnr%'],
  ])('%s', (text, placeholder) => {
    expect(inFpm(text)).toBe(placeholder);
  });

  test.each([
    // php-fpm fills these in itself.
    [`listen = $\{FPM_LISTEN}\npm.max_children = $\{FPM_MAX:-5}`],
    ['listen = /run/$pool.sock'],
    ['chroot = $prefix'],
    ['env[PATH] = $PATH'],
    ['access.format = "%R - %u %t \\"%m %r%Q%q\\" %s %f %{mili}d %{kilo}M %C%%"'],
    ['; pm = {{ pm }}'],
  ])('none: %s', (text) => {
    expect(inFpm(text)).toBeUndefined();
  });
});

test('a name tells that also what looks like a variable is filled in, and nothing more', () => {
  expect(inNginx('root $NGINX_WEBROOT;')).toBeUndefined();
  expect(inNginx('root $NGINX_WEBROOT;', '/repo/http.conf.template')).toBe('$NGINX_WEBROOT');
  expect(inFpm(`user = $\{FPM_USER}`, '/repo/www.conf.template')).toBe(`$\{FPM_USER}`);
  expect(inNginx('server_name ##HOST##;', '/repo/site.tpl')).toBe('##HOST##');
  expect(inNginx('listen 80;', '/repo/site.conf.j2')).toBeUndefined();
  expect(['a.j2', 'a.conf.erb', 'default.template.conf', 'a.conf'].map(hasTemplateName)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('any text is looked at without an exception', () => {
  fc.assert(fc.property(fc.string(), (text) => inNginx(text) !== '' && inFpm(text) !== ''));
});

test.each(['{{', '@A_', '__A', '<%', `$\{A`, '$A ', '%a', '{a_', '##A', '<a_'])(
  'a long line of %s takes no more than linear time',
  (piece) => {
    const started = performance.now();
    inNginx(piece.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1000);
  },
);

describe('a template that only has values filled in', () => {
  test.each([
    ['listen {{ port }};', 'listen $_________;'],
    ['fastcgi_pass ${PHP_HOST}:9000;', 'fastcgi_pass $__________:9000;'],
    ['root /var/www/<%= @app %>/public;', 'root /var/www/$__________/public;'],
    ['server_name %domain% www.%domain%;', 'server_name $_______ www.$_______;'],
    ['# listen {{ port }};', '# listen {{ port }};'],
  ])('%s is read as %s', (line, read) => {
    expect(maskPlaceholders('/site.conf.j2', `server {\n  ${line}\n}\n`)).toBe(`server {\n  ${read}\n}\n`);
  });

  test.each([
    '{% if tls %}',
    '{{ extra }}',
    '<% if @tls %>',
    '{{#tls}}',
    '{{- range .Sites }}',
    '@EXTRA_LINES@',
  ])('is not read with %s, which may be any line', (line) => {
    expect(maskPlaceholders('/site.conf.j2', `server {\n  ${line}\n  listen 80;\n}\n`)).toBeUndefined();
  });

  test('stays as long as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => (maskPlaceholders('/a.conf.j2', text) ?? text).length === text.length,
      ),
    );
  });
});

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** Rows of labels.jsonl, as far as they matter here. */
interface Label {
  readonly path: string;
  readonly kind: string;
  readonly verdict: string;
  readonly template?: readonly string[];
}

describe.skipIf(!existsSync(CORPUS))(
  'in public repositories (left out where ../shared/corpus is absent)',
  () => {
    const kinds = ['nginx', 'fpm-pool', 'fpm-global', 'fpm-fragment'];
    const rows = existsSync(CORPUS)
      ? readFileSync(`${CORPUS}labels.jsonl`, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line): Label => JSON.parse(line))
          .filter(({ kind }) => kinds.includes(kind))
      : [];
    const placeholderOf = ({ path, kind }: Label) => {
      const { text } = decode(readFileSync(CORPUS + path));
      return findPlaceholder(`/${path}`, text, kind === 'nginx' ? 'nginx' : 'php-fpm');
    };

    test('no file that a real server accepts and that holds no placeholder is called a template', () => {
      const plain = rows.filter(({ verdict, template }) => verdict === 'ok' && template === undefined);
      expect(plain.length).toBeGreaterThan(1500);
      expect(plain.filter((row) => placeholderOf(row) !== undefined).map(({ path }) => path)).toEqual([]);
    });

    test('nearly all that hold one are; what php-fpm fills in itself is not', () => {
      // `percent` is the %{mili}d of access.format, `hash` the #{...} of Ruby.
      const own = ['percent', 'hash', 'envsubst-bare'];
      const labelled = rows.filter(
        ({ kind, template }) =>
          template?.some((language) => !own.includes(language)) &&
          !(kind.startsWith('fpm') && template.every((language) => language.startsWith('envsubst'))),
      );
      expect(labelled.length).toBeGreaterThan(280);
      expect(labelled.filter((row) => placeholderOf(row) === undefined).map(({ path }) => path)).toEqual([]);
    });
  },
);
