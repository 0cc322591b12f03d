import { call } from './client';

/** What is wrong with a condition over the object's records, one fault a line; empty where nothing is. */
export async function conditionFaults(object: string, text: string, candidatesOf?: string): Promise<string> {
  const answer = await call<{ problems: { line: number; column: number; message: string }[] }>('/api/admin/expressions/check', {
    method: 'POST',
    body: { object, text, expected: 'boolean', candidatesOf },
  });
  return answer.problems.map((p) => `${p.line}:${p.column} ${p.message}`).join('\n');
}
