import { call } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import type { Publication } from './schemaChange';

export const publish = (changes: MetadataChange[]) =>
  call<Publication>('/api/admin/metadata/changes', { method: 'POST', body: { changes } });
