// Every system that a model exists for, to be compared with the matrix. A new file of systems is one line here.

import { CLIENTS_AT_REFERENCES } from './client-programs';
import { HAPROXY } from './haproxy-variants';
import { Modelled } from './matrix';
import { NGINX } from './nginx-variants';
import { ORIGINS } from './origins';
import { PROXIES } from './proxies-variants';

/** A function, because what stands behind a proxy is looked up here by those that are listed here. */
export const modelled = (): readonly Modelled[] => [...ORIGINS, ...NGINX, ...HAPROXY, ...PROXIES, CLIENTS_AT_REFERENCES];
