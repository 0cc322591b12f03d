import { call, request } from './client';
import type { FileValue } from './files';

/** Sends a file for a field; it becomes a value when a record is saved with it. */
export function uploadFile(object: string, field: string, file: File): Promise<FileValue> {
  const form = new FormData();
  form.append('file', file);
  return call<FileValue>(`/api/files/${object}/${field}`, { method: 'POST', body: form });
}

/** The content as an address of this page; to be revoked when it is no longer shown. */
export async function contentUrl(file: FileValue): Promise<string> {
  return URL.createObjectURL(await (await request(file.href, { headers: { Accept: '*/*' } })).blob());
}
