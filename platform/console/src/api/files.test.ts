import { expect, test } from 'vitest';
import { isFile, offeredTypes, readableSize } from './files';
import type { FieldDescription } from './types';

const field = (type: FieldDescription['type'], accept?: string[]) => ({ name: 'f', type, accept }) as FieldDescription;

test('files and images are files', () => {
  expect(isFile(field('file'))).toBe(true);
  expect(isFile(field('image'))).toBe(true);
  expect(isFile(field('text'))).toBe(false);
});

test('the dialog offers what the field takes', () => {
  expect(offeredTypes(field('file'))).toBeUndefined();
  expect(offeredTypes(field('file', ['application/pdf', 'image/*']))).toBe('application/pdf,image/*');
  expect(offeredTypes(field('image', []))).toBe('image/png,image/jpeg,image/gif');
});

test('sizes are told in the unit that fits', () => {
  expect(readableSize(999)).toBe('999 B');
  expect(readableSize(20_971_520)).toBe('21.0 MB');
});
