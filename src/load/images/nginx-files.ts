/** What the main file of nginx.org's packages does. https://github.com/nginx/pkg-oss/blob/master/debian/debian/nginx.conf */
export function mainFile(options: {
  readonly user?: string;
  readonly pid: string;
  readonly http?: string;
}): string {
  return `${options.user ? `user ${options.user};\n` : ''}worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid ${options.pid};

events {
    worker_connections 1024;
}

http {
${options.http ?? ''}    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
    access_log /var/log/nginx/access.log main;
    sendfile on;
    keepalive_timeout 65;
    include /etc/nginx/conf.d/*.conf;
}
`;
}

/** The site that answers where nobody brings one: static files, on all addresses of IPv4 and, where said so, of IPv6. */
export function defaultSite(port: number, html: string, isDual: boolean): string {
  const dual = isDual ? `    listen [::]:${port};\n` : '';
  return `server {
    listen ${port};
${dual}    server_name localhost;

    location / {
        root ${html};
        index index.html index.htm;
    }

    error_page 500 502 503 504 /50x.html;
    location = /50x.html {
        root ${html};
    }
}
`;
}

/** A few types; which there are decides nothing that is judged. */
const MIME_TYPES = `types {
    text/html html htm;
    text/css css;
    application/javascript js;
    application/json json;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpeg jpg;
}
`;

/** Parameters that the gateways share, by name. SCRIPT_FILENAME is not among them. */
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['QUERY_STRING', '$query_string'],
  ['REQUEST_METHOD', '$request_method'],
  ['CONTENT_TYPE', '$content_type'],
  ['CONTENT_LENGTH', '$content_length'],
  ['REQUEST_URI', '$request_uri'],
  ['DOCUMENT_ROOT', '$document_root'],
  ['SERVER_PROTOCOL', '$server_protocol'],
  ['REQUEST_SCHEME', '$scheme'],
  ['HTTPS', '$https if_not_empty'],
  ['REMOTE_ADDR', '$remote_addr'],
  ['REMOTE_PORT', '$remote_port'],
  ['SERVER_PORT', '$server_port'],
  ['SERVER_NAME', '$server_name'],
];

const FASTCGI_ONLY: readonly (readonly [string, string])[] = [
  ['SCRIPT_NAME', '$fastcgi_script_name'],
  ['DOCUMENT_URI', '$document_uri'],
  ['GATEWAY_INTERFACE', 'CGI/1.1'],
  ['SERVER_SOFTWARE', 'nginx/$nginx_version'],
  ['SERVER_ADDR', '$server_addr'],
  ['REDIRECT_STATUS', '200'],
];

function parameterFile(directive: string, parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${directive} ${name} ${value};\n`).join('');
}

/** `fastcgi_params`, `scgi_params`, `uwsgi_params` and `mime.types` below a directory. */
export function parameterFiles(directory: string): Readonly<Record<string, string>> {
  return {
    [`${directory}/fastcgi_params`]: parameterFile('fastcgi_param', [...PARAMETERS, ...FASTCGI_ONLY]),
    [`${directory}/scgi_params`]: parameterFile('scgi_param', [...PARAMETERS, ['SCGI', '1']]),
    [`${directory}/uwsgi_params`]: parameterFile('uwsgi_param', PARAMETERS),
    [`${directory}/mime.types`]: MIME_TYPES,
  };
}
