import { expect, test } from 'vitest';
import { written } from './numbers';

test('every digit is written', () => {
  expect(written('12345678901234567890.12', 'en-US', { minimumFractionDigits: 2 })).toBe('12,345,678,901,234,567,890.12');
  expect(written('9007199254740993', 'zh-CN')).toBe('9,007,199,254,740,993');
  expect(written(1234.5, 'en-US')).toBe('1,234.5');
});

test('amounts keep their digits and their currency', () => {
  const options: Intl.NumberFormatOptions = { style: 'currency', currency: 'CNY', currencyDisplay: 'code', minimumFractionDigits: 2 };
  expect(written('90071992547409.93', 'en-US', options).replace(/\s/u, ' ')).toBe('CNY 90,071,992,547,409.93');
});
