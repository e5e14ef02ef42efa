// One table per rule: templates on which it must stay silent, and templates on which it must speak, with what it says.
// Insists on both lists, so that no rule is only tested one way.

import { ClientId, Level, Outcome } from '../../src/protocol';
import { analyse, AnalysisOptions, Finding, RULES } from '../../src/rules';
import { TemplateInput } from '../../src/template';

export interface ValidRow extends AnalysisOptions {
  readonly name: string;
  readonly template: TemplateInput | readonly TemplateInput[];
}
export interface InvalidRow extends ValidRow {
  readonly outcome: Outcome;
  readonly resource: string;
  readonly level?: Level;
  readonly client?: ClientId;
  readonly property?: string;
  readonly says?: string | RegExp;
}

export function testRule(id: string, rows: { valid: readonly ValidRow[]; invalid: readonly InvalidRow[] }): void {
  describe(id, () => {
    test('is a rule, and is tested both ways', () => {
      expect(RULES.map((rule) => rule.id)).toContain(id);
      expect(rows.valid.length).toBeGreaterThan(0);
      expect(rows.invalid.length).toBeGreaterThan(0);
    });
    test.each(rows.valid.map((row) => [row.name, row] as const))('silent: %s', (_, row) => {
      expect(of(id, row).map((finding) => finding.message)).toEqual([]);
    });
    test.each(rows.invalid.map((row) => [row.name, row] as const))('speaks: %s', (_, row) => {
      const found = of(id, row);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        rule: id,
        outcome: row.outcome,
        resource: row.resource,
        level: row.level ?? 'error',
        ...(row.client ? { client: row.client } : {}),
        ...(row.property ? { property: row.property } : {}),
      });
      if (row.says) expect(found[0].message).toMatch(row.says);
    });
  });
}

function of(id: string, row: ValidRow): readonly Finding[] {
  const templates = Array.isArray(row.template) ? row.template : [row.template];
  return analyse(templates as readonly TemplateInput[], row).findings.filter((finding) => finding.rule === id);
}
