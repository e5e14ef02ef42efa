// Which settings a variant of the matrix stands for.

import { Modelled } from './matrix';

export const NGINX: readonly Modelled[] = [];
