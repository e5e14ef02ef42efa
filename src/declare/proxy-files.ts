// Reads the configuration files of proxies at synth, and cuts them down to what matters before anything of them goes into a template.
// Not here: what matters, and what it means (systems/nginx, systems/haproxy).

import { readdirSync, readFileSync } from 'fs';
import { basename, dirname, isAbsolute, join } from 'path';
import { haproxyEssence } from '../systems/haproxy/essence';
import { nginxEssence } from '../systems/nginx/essence';
import type { Include } from '../systems/nginx/syntax';
import { matches } from '../systems/pattern';

/** The text of a file, or an error of one line. */
export function readConfig(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Proxy: '${file}' cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
}

/** What goes into the template; `path` is where files that are included are looked up. */
export function essenceOf(program: string, config: string, file: string, path?: string): string {
  try {
    return program === 'haproxy' ? haproxyEssence(config, file) : nginxEssence(config, file, path === undefined ? undefined : beside(path));
  } catch (error) {
    throw new Error(`Proxy: ${(error as Error).message}.`);
  }
}

/** Files beside the configuration. An absolute path is that of another machine: its file is looked up by its last two parts. */
function beside(path: string): Include {
  const folder = dirname(path);
  return (pattern) => {
    const asked = isAbsolute(pattern) ? join(basename(dirname(pattern)), basename(pattern)) : pattern;
    const places = [asked, ...(isAbsolute(pattern) ? [basename(asked)] : [])].map((place) => join(folder, place));
    for (const place of places) {
      const files = matching(place);
      if (files.length) return files.map((found) => ({ file: basename(found), text: readConfig(found) }));
    }
    return undefined;
  };
}

/** nginx has `*` in the name of the file only. */
function matching(place: string): string[] {
  const [folder, name] = [dirname(place), basename(place)];
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && matches(name, entry.name)).map((entry) => join(folder, entry.name)).sort();
  } catch {
    return [];
  }
}
