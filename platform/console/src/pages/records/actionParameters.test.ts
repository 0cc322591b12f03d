import { describe, expect, it } from 'vitest';
import type { FieldDescription } from '../../api/types';
import { faultsOf, given } from './actionParameters';

const parameter = (name: string) => ({ name }) as FieldDescription;

describe('parameters of an action', () => {
  it('are sent as far as they were filled in', () => {
    expect(given({ days: 0, sure: false, text: '', on: null, note: undefined })).toEqual({ days: 0, sure: false });
  });

  it('show at their inputs what the server says of them', () => {
    const details = [
      { code: 'records.field-required', pointer: '/days', detail: 'Days needs a value.' },
      { code: 'records.unknown-parameter', pointer: '/other', detail: 'No such parameter.' },
    ];
    expect(faultsOf(details, [parameter('days'), parameter('text')])).toEqual([
      { name: 'days', errors: ['Days needs a value.'] },
      { name: 'text', errors: [] },
    ]);
    expect(faultsOf([], [parameter('days')])).toEqual([{ name: 'days', errors: [] }]);
  });
});
