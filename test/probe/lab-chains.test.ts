// The probe at every chain of the lab: nginx, HAProxy, Apache, Caddy, Varnish with a real server behind. Programs that are not installed are
// named with the command that installs them.

import { probeServers } from './probe-lab';
import { present } from '../lab/running';
import { cacheServers } from '../lab/servers-of-caches';
import { haproxyServers } from '../lab/servers-of-haproxy';
import { nginxServers } from '../lab/servers-of-nginx';
import { proxyServers } from '../lab/servers-of-proxies';

probeServers(present('openssl', 'apt-get install -y openssl') ? [...nginxServers(), ...haproxyServers(), ...proxyServers(), ...cacheServers()] : []);
