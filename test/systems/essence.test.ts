// What of a configuration goes into a template: the reader makes the same of it as of the whole, lines keep their numbers, and nothing
// else of the file is in it.

import { haproxyEssence } from '../../src/systems/haproxy/essence';
import { readHaproxyConfig } from '../../src/systems/haproxy/read';
import { nginxEssence } from '../../src/systems/nginx/essence';
import { readNginxConfig } from '../../src/systems/nginx/read';

const SECRET = /swordfish|10\.9\.8\.7|\$remote_addr|htpasswd/;

const NGINX: Readonly<Record<string, string>> = {
  'a site with everything': `user www-data; # swordfish
load_module modules/ngx_x.so;
events { worker_connections 768; }
http {
  log_format main '$remote_addr - "swordfish"'
                  'more';
  include /etc/nginx/mime.types;
  ssl_protocols TLSv1.2 TLSv1.3;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  map $host $backend { default 10.9.8.7; }
  upstream app { server 127.0.0.1:3000 weight=5; keepalive 8; }
  server {
    listen 443 ssl http2 default_server;
    server_name example.com *.example.com;
    ssl_certificate /etc/ssl/swordfish.pem;
    location / {
      proxy_set_header Authorization "Basic swordfish";
      proxy_set_header Host $host;
      proxy_pass http://app;
    }
    location /ws/ {
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 1h;
      proxy_pass http://app;
    }
    location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; fastcgi_param SECRET swordfish; }
    location = /old { return 301 https://swordfish.example/; }
    location /admin { auth_basic_user_file /etc/htpasswd; if ($http_x_token != "swordfish") { return 403; } proxy_pass http://app; }
    location /files { try_files $uri @app; }
    location @app { proxy_pass http://app; }
    location /lua { content_by_lua_block { ngx.say("swordfish") } }
  }
  server { listen 80; return 301 https://$host$request_uri; }
}
`,
  'a fragment of conf.d': 'server {\n  listen 8080;\n  location / { grpc_pass grpc://127.0.0.1:50051; grpc_set_header X "swordfish"; }\n}\n',
};

const HAPROXY: Readonly<Record<string, string>> = {
  'a site with everything': `global
    log 10.9.8.7 local0
    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
userlist admins
    user admin insecure-password swordfish
defaults
    mode http
    option httplog # swordfish
    timeout client 30s
    timeout server 30s
    timeout connect 5s
frontend web
    bind :443 ssl crt /etc/ssl/site.pem alpn h2,http/1.1
    http-request set-header X-Secret swordfish
    http-request deny if { hdr(x-token) -m str swordfish }
    acl is_ws path_beg /ws
    acl is_admin hdr(authorization) -m sub swordfish
    use_backend sockets if is_ws
    use_backend admin if is_admin
    default_backend app
backend app
    option httpchk GET /healthz HTTP/1.1\\r\\nAuthorization:\\ swordfish
    http-check send hdr Authorization "Bearer swordfish" hdr Host example.com
    server one 127.0.0.1:3000 check
backend sockets
    timeout tunnel 1h
    server one 127.0.0.1:3001
backend admin
    server one 127.0.0.1:3002 ssl verify none
`,
  'without indents': 'defaults\nmode http\nlog global\ntimeout client 5s\nlisten all\nbind :80\nserver one 127.0.0.1:3000 proto h2\n',
};

test.each(Object.entries(NGINX))('nginx: %s', (_name, text) => {
  const essence = nginxEssence(text, 'nginx.conf');
  expect(essence).not.toMatch(SECRET);
  expect(readNginxConfig(essence, { file: 'nginx.conf' }).settings).toEqual(readNginxConfig(text, { file: 'nginx.conf' }).settings);
  expect(nginxEssence(essence, 'nginx.conf')).toBe(essence);
});

test.each(Object.entries(HAPROXY))('HAProxy: %s', (_name, text) => {
  const essence = haproxyEssence(text, 'haproxy.cfg');
  expect(essence).not.toMatch(SECRET);
  expect(readHaproxyConfig(essence, { file: 'haproxy.cfg' }).settings).toEqual(readHaproxyConfig(text, { file: 'haproxy.cfg' }).settings);
  expect(haproxyEssence(essence, 'haproxy.cfg')).toBe(essence);
});

test('files that are included stand on the line of the block around their include', () => {
  const essence = nginxEssence('http {\n\n  include conf.d/*.conf;\n}\n', 'nginx.conf', () => [{ file: 'site.conf', text: 'server {\n listen 8080;\n}\n' }]);
  expect(essence.split('\n')[0]).toContain('listen 8080');
});

test.each([[() => nginxEssence('http {', 'nginx.conf'), /^nginx\.conf:1: /], [() => haproxyEssence('bind :80', 'haproxy.cfg'), /^haproxy\.cfg:1: /]])('what is no configuration is named, row %#', (make, message) => {
  expect(make).toThrow(message);
});
