// Configurations as they are met: nginx's documentation, its container image, Debian's package. Each is checked by nginx itself.

/** nginx.org, "WebSocket proxying", with the location that it is about beside one that it leaves alone. */
export const WEB_SOCKET = `http {
    map $http_upgrade $connection_upgrade {
        default upgrade;
        ''      close;
    }

    upstream app {
        server 127.0.0.1:3000;
        server 127.0.0.1:3001;
    }

    server {
        listen 8080;

        location / {
            proxy_pass http://app;
        }

        location /chat/ {
            proxy_pass http://app;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 1h;
        }
    }
}
events {}
`;

/** A file of conf.d, as it goes into the container image. */
export const CONF_D = `server {
    listen       8080;
    listen  [::]:8080;
    server_name  localhost;
    # The application listens beside this container.
    location / {
        proxy_pass http://127.0.0.1:3000/;
        proxy_set_header Host $host;
    }
    location = /health { return 200 "ok; {fine}\\n"; }
    location ~* \\.(css|js)$ { root /srv; }
    location /old { if ($arg_x) { return 301 /new; } proxy_pass http://127.0.0.1:3000; }
}
`;

export const grpc = (certificate: string, key: string) => `events {}
http {
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    ssl_protocols TLSv1.2 TLSv1.3;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header Upgrade $http_upgrade;
    server {
        listen 8443 ssl http2;
        location / { grpc_pass grpc://127.0.0.1:50051; grpc_read_timeout 90s; }
        location /secure { grpc_pass grpcs://127.0.0.1:50052; }
        location /bare { grpc_pass 127.0.0.1:50053; }
        location /inherits { proxy_http_version 1.1; proxy_pass https://127.0.0.1:3443; }
        location /own { proxy_pass https://localhost:3443; proxy_set_header X-Own 1; proxy_ssl_server_name on; proxy_ssl_verify off; }
    }
}
`;

/** /etc/nginx/nginx.conf of Debian 12 without its comments; what it includes is given by the test. */
export const DEBIAN = `user www-data;
worker_processes auto;
include modules-enabled/*.conf;
events {
        worker_connections 768;
}
http {
        sendfile on;
        types_hash_max_size 2048;
        include mime.types;
        default_type application/octet-stream;
        ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; # Dropping SSLv3, ref: POODLE
        ssl_prefer_server_ciphers on;
        gzip on;
        include conf.d/*.conf;
        include sites-enabled/*;
}
`;

export const DEBIAN_SITE = (certificate: string, key: string) => `server {
        listen 80 default_server;
        listen [::]:80 default_server;
        server_name _;
        return 301 https://$host$request_uri;
}
server {
        listen 443 ssl http2;
        server_name app.example.org;
        ssl_certificate ${certificate};
        ssl_certificate_key ${key};
        root /var/www/html;
        location / {
                try_files $uri @app;
        }
        location @app {
                proxy_pass http://127.0.0.1:8000;
                include proxy_params;
        }
        location /ws {
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "Upgrade";
                proxy_pass http://127.0.0.1:8000;
        }
}
`;

export const PROXY_PARAMS = `proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
`;
