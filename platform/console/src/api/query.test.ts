import { describe, expect, it } from 'vitest';
import { expandFor, groupUrl, listUrl, selectFor, valueAt } from './query';
import type { ObjectDescription } from './types';

const base = { label: '', required: false, unique: false, readOnly: false, editable: true, system: false, hasDefault: false };
const offer: ObjectDescription = {
  name: 'recruiting__Offer',
  label: 'Offer',
  pluralLabel: 'Offers',
  titleField: 'number',
  modelVersion: 1,
  can: { create: true, edit: true, delete: true },
  fields: [
    { ...base, name: 'number', type: 'autoNumber' },
    { ...base, name: 'salary', type: 'decimal' },
    { ...base, name: 'application', type: 'lookup', target: 'recruiting__Application' },
    { ...base, name: 'candidate', type: 'lookup', target: 'recruiting__Candidate' },
  ],
  views: [],
  layout: { sections: [], related: [] },
  actions: [],
  approvals: [],
};
const titles = new Map([
  ['recruiting__Candidate', 'name'],
  ['recruiting__Application', 'number'],
]);

describe('a list request', () => {
  it('expands dotted columns to any depth and names references by their title', () => {
    expect(expandFor(['number', 'candidate', 'application.position.title', 'application.number'], offer, titles)).toBe(
      'candidate($select=id,name),application($select=id,number;$expand=position($select=id,title))',
    );
  });

  it('does not follow references to what the person may not see', () => {
    expect(expandFor(['number', 'candidate', 'application'], offer, new Map([['recruiting__Candidate', 'name']]))).toBe(
      'candidate($select=id,name)',
    );
  });

  it('selects foreign keys of references and always the title', () => {
    expect(selectFor(['salary', 'candidate.name'], offer)).toBe('id,version,salary,candidate_id,number');
  });

  it('pages, sorts and searches', () => {
    const url = new URL(
      listUrl(offer, titles, {
        object: offer.name,
        view: 'all',
        search: 'say "hi"',
        columns: ['number'],
        orderBy: [{ path: 'candidate.name', descending: true }],
        page: 3,
        pageSize: 20,
      }),
      'http://localhost',
    );
    expect(url.pathname).toBe('/odata/recruiting__Offer');
    expect(url.searchParams.get('$skip')).toBe('40');
    expect(url.searchParams.get('$orderby')).toBe('candidate/name desc');
    expect(url.searchParams.get('$search')).toBe('"say \\"hi\\""');
  });

  it('groups what the list shows', () => {
    const url = new URL(groupUrl(offer.name, { by: 'status', sum: 'salary', view: 'all', filter: 'salary gt 1' }), 'http://localhost');
    expect(url.searchParams.get('$apply')).toBe('filter(salary gt 1)/groupby((status),aggregate(salary with sum as amount))');
    expect(url.searchParams.get('view')).toBe('all');
  });

  it('reads values over references that may be empty', () => {
    expect(valueAt({ id: '1', version: 1, application: null }, 'application.number')).toBeUndefined();
    expect(valueAt({ id: '1', version: 1, application: { number: 'A' } }, 'application.number')).toBe('A');
  });
});
