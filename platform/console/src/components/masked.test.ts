import { expect, it } from 'vitest';
import { isMasked } from './masked';

it('knows what the server shows instead of a text', () => {
  expect(isMasked('••••••••')).toBe(true);
  expect(isMasked('••••••••4444')).toBe(true);
  expect(isMasked('⚠')).toBe(true);
  expect(isMasked('6222-0000-1111-4444')).toBe(false);
  expect(isMasked('')).toBe(false);
});
