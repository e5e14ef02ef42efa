// One table per rule: templates on which it must stay silent, and templates on which it must speak, with what it says.
// Insists on both lists, so that no rule is only tested one way.

import { join } from 'path';
import { ClientId, Level, Outcome } from '../../src/protocol';
import { analyse, Analysis, AnalysisOptions, Finding, RULES } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { expectAsRecorded, said } from '../baselines';

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

interface Rows { readonly valid: readonly ValidRow[]; readonly invalid: readonly InvalidRow[] }

/** @param area the folder of the baselines: several files may have a table for one rule */
export function ruleTester(area: string): (id: string, rows: Rows) => void {
  return (id, rows) => testRule(area, id, rows);
}

function testRule(area: string, id: string, rows: Rows): void {
  describe(id, () => {
    test('is a rule, and is tested both ways', () => {
      expect(RULES.map((rule) => rule.id)).toContain(id);
      expect(rows.valid.length).toBeGreaterThan(0);
      expect(rows.invalid.length).toBeGreaterThan(0);
    });
    test('says of every row, with all other rules, what is recorded', () => {
      expectAsRecorded(join(area, id), [...rows.valid, ...rows.invalid].map((row) => ({ name: row.name, lines: said(analysisOf(row)) })));
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
  return analysisOf(row).findings.filter((finding) => finding.rule === id);
}

function analysisOf(row: ValidRow): Analysis {
  return analyse([row.template].flat() as readonly TemplateInput[], row);
}
