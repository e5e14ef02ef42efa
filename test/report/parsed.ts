// A template from text, with the place of each line, as the reader makes it from a file.

import { TemplateInput } from '../../src/template';
import { locateInJson } from '../../src/template/locate';

export function parseTemplate(text: string, file: string, stack: string): TemplateInput {
  return { file, stack, body: JSON.parse(text) as unknown, locate: locateInJson(text) };
}
