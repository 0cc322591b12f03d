import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns';
import { expandFor, groupUrl, listUrl, selectFor, valueAt } from './query';
import type { ObjectDescription } from './types';

const base = { label: '', required: false, unique: false, readOnly: false, editable: true, system: false, hasDefault: false, when: [] };
const offer: ObjectDescription = {
  name: 'recruiting__Offer',
  label: 'Offer',
  pluralLabel: 'Offers',
  titleField: 'number',
  modelVersion: 1,
  can: { create: true, edit: true, delete: true, lock: false },
  fields: [
    { ...base, name: 'number', type: 'autoNumber' },
    { ...base, name: 'salary', type: 'decimal' },
    { ...base, name: 'application', label: 'Application', type: 'lookup', target: 'recruiting__Application', targetTitle: 'number' },
    { ...base, name: 'candidate', label: 'Candidate', type: 'lookup', target: 'recruiting__Candidate', targetTitle: 'name' },
    { ...base, name: 'secret', type: 'lookup', target: null, targetTitle: null },
  ],
  views: [],
  reached: {
    'application.position.title': { ...base, name: 'title', label: 'Title', type: 'text', object: 'recruiting__Position', isTitle: true, via: 'Position' },
    'application.number': { ...base, name: 'number', label: 'Number', type: 'autoNumber', object: 'recruiting__Application', isTitle: true, via: 'Application' },
    'application.stage': { ...base, name: 'stage', label: 'Stage', type: 'picklist', object: 'recruiting__Application', isTitle: false, via: 'Application' },
    'application.candidate': { ...base, name: 'candidate', label: 'Candidate', type: 'lookup', targetTitle: 'name', object: 'recruiting__Application', isTitle: false, via: 'Application' },
    'candidate.name': { ...base, name: 'name', label: 'Name', type: 'text', object: 'recruiting__Candidate', isTitle: true, via: 'Candidate' },
  },
  layout: { sections: [], related: [] },
  actions: [],
  approvals: [],
};
const columns = (...paths: string[]) => columnsOf(paths, offer, offer.reached);

describe('a list request', () => {
  it('expands dotted columns to any depth and names references by their title', () => {
    expect(expandFor(columns('number', 'candidate', 'application.position.title', 'application.number'))).toBe(
      'candidate($select=id,name),application($select=id,number;$expand=position($select=id,title))',
    );
    expect(expandFor(columns('application.candidate'))).toBe(
      'application($select=id;$expand=candidate($select=id,name))',
    );
  });

  it('does not follow references to what the person may not see', () => {
    expect(expandFor(columns('number', 'candidate', 'secret'))).toBe('candidate($select=id,name)');
  });

  it('brings the linked records of a row, so many as a list shows', () => {
    const worker = { ...offer, titleField: 'name', fields: [{ ...base, name: 'skills', type: 'manyToMany' as const, target: 'plant__Skill', targetTitle: 'name' }] };
    const skills = columnsOf(['skills'], worker, {});
    expect(expandFor(skills)).toBe('skills($select=id,name;$orderby=name;$top=11)');
    expect(expandFor(skills, 1000)).toBe('skills($select=id,name;$orderby=name;$top=1000)');
    expect(selectFor(skills, worker)).toBe('id,version');
  });

  it('selects foreign keys of references and always the title', () => {
    expect(selectFor(columns('salary', 'candidate.name'), offer)).toBe('id,version,salary,candidate_id,number');
  });

  it('pages, sorts and searches', () => {
    const url = new URL(
      listUrl(offer, {
        object: offer.name,
        view: 'all',
        search: 'say "hi"',
        columns: columns('number'),
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

  it('calls a record behind a reference by the reference, its fields by their own labels', () => {
    expect(columns('number', 'application.number', 'application.stage', 'gone').map((c) => c.label)).toEqual([
      '',
      'Application',
      'Stage',
    ]);
    expect(columns('candidate', 'candidate.name').map((c) => c.label)).toEqual(['Candidate', 'Candidate / Name']);
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
