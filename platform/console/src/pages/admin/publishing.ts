import { call } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import type { LossPreview } from './losses';
import type { Publication } from './schemaChange';

export const publish = (changes: MetadataChange[], confirm?: string) =>
  call<Publication>('/api/admin/metadata/changes', { method: 'POST', body: { changes, ...(confirm ? { confirm } : {}) } });

export const lossesOf = (changes: MetadataChange[]) =>
  call<LossPreview>('/api/admin/metadata/changes/losses', { method: 'POST', body: { changes } });
