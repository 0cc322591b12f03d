import { expect, test } from 'vitest';
import { asking, type LossPreview } from './losses';

const refused = () => Object.assign(new Error('no'), { problem: { title: 'no', errors: [{ code: 'store.values-would-be-lost', detail: '' }] } });

test('a change that loses values is asked for until the digest is right, and not done without consent', async () => {
  const previews: LossPreview[] = [
    { digest: 'a', losses: [] },
    { digest: 'b', losses: [] },
  ];
  const sent: (string | undefined)[] = [];
  const send = async (confirm?: string) => {
    sent.push(confirm);
    if (confirm !== 'b') throw refused();
    return { modelVersion: 7 };
  };
  let looked = 0;
  const look = async () => previews[looked++]!;
  expect(await asking(send, look, async () => true)).toEqual({ modelVersion: 7 });
  expect(sent).toEqual([undefined, 'a', 'b']);
  looked = 0;
  expect(await asking(send, look, async () => false)).toBeNull();
  await expect(asking(async () => Promise.reject(new Error('else')), look, async () => true)).rejects.toThrow('else');
});
