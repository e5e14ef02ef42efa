// The models of Varnish and Squid against the real programs, started here with a real server behind each.
// Programs that are not installed are named with the command that installs them.

import { present } from './running';
import { cacheServers } from './servers-of-caches';
import { tryServers } from './try-server';

tryServers(present('openssl', 'apt-get install -y openssl') ? cacheServers() : []);
