import type { TFunction } from 'i18next';

export type Measure = 'exact' | 'normalized' | 'fuzzy';

/** One line of the form: a field that is compared, in one of the alternatives. */
export interface Criterion {
  alternative: number;
  field: string;
  measure: Measure;
  threshold?: number;
}

type How = 'exact' | 'normalized' | 'fuzzy' | { fuzzy: number };

/** Lines as the rule says them: a map of fields for each alternative. */
export function matchOf(criteria: Criterion[]): Record<string, How>[] {
  const alternatives = new Map<number, Record<string, How>>();
  for (const { alternative, field, measure, threshold } of criteria) {
    const all = alternatives.get(alternative) ?? {};
    all[field] = measure === 'fuzzy' && threshold ? { fuzzy: threshold } : measure;
    alternatives.set(alternative, all);
  }
  return [...alternatives.entries()].sort(([a], [b]) => a - b).map(([, all]) => all);
}

/** A rule's match in words. */
export function describeMatch(t: TFunction, match: unknown): string {
  if (!Array.isArray(match)) return '';
  const words = (how: unknown) =>
    typeof how === 'object' && how !== null
      ? `${t('objects.measures.fuzzy')} ${String((how as { fuzzy: number }).fuzzy)}`
      : t(`objects.measures.${String(how)}` as 'objects.measures.exact');
  return (match as Record<string, unknown>[])
    .map((all) => Object.entries(all).map(([field, how]) => `${field} (${words(how)})`).join(` ${t('objects.and')} `))
    .join(` ${t('objects.or')} `);
}
