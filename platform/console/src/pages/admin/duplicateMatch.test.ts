import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { describeMatch, matchOf } from './duplicateMatch';

describe('the match of a duplicate rule', () => {
  it('puts lines of one alternative together', () => {
    expect(
      matchOf([
        { alternative: 2, field: 'name', measure: 'fuzzy', threshold: 90 },
        { alternative: 1, field: 'email', measure: 'normalized' },
        { alternative: 2, field: 'born', measure: 'exact' },
      ]),
    ).toEqual([{ email: 'normalized' }, { name: { fuzzy: 90 }, born: 'exact' }]);
  });

  it('is told in words', () => {
    const t = ((key: string) => key.split('.').at(-1)) as unknown as TFunction;
    expect(describeMatch(t, [{ email: 'normalized' }, { name: { fuzzy: 90 }, born: 'exact' }])).toBe(
      'email (normalized) or name (fuzzy 90) and born (exact)',
    );
  });
});
