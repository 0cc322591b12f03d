import { javascript } from '@codemirror/lang-javascript';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import CodeMirror from '@uiw/react-codemirror';
import { Button, Card, Empty, Input, Menu, Modal, Space, Spin, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, call } from '../../api/client';
import type { ScriptEntry, ScriptProblem } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';

const NEW_SCRIPT = `/** Runs before an offer is saved. */
export function beforeSave({ record, before, records }) {
}
`;

/** Reads and edits script files; faults are marked at their line. */
export default function ScriptsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // In the query, not in the path: a path that ends in .js would be taken for a file of the console.
  const selected = useSearchParams()[0].get('file') ?? '';
  const [creating, setCreating] = useState(false);
  const [path, setPath] = useState('scripts/');
  const scripts = useQuery({ queryKey: ['scripts'], queryFn: () => call<ScriptEntry[]>('/api/admin/scripts') });
  const origins = [...new Set((scripts.data ?? []).map((s) => s.origin))].sort((a, b) => (a === 'custom' ? -1 : b === 'custom' ? 1 : a.localeCompare(b)));
  const known = (scripts.data ?? []).some((s) => `${s.origin}/${s.path}` === selected);
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('scripts.title')}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
          {t('scripts.newScript')}
        </Button>
      </div>
      <p className="tn-muted">{t('scripts.intro')}</p>
      <Problem error={scripts.error} />
      <div style={{ display: 'flex', gap: 16, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Card size="small" style={{ flex: '0 0 280px' }} styles={{ body: { padding: 4 } }}>
          <Menu
            mode="inline"
            style={{ borderInlineEnd: 0 }}
            selectedKeys={[selected]}
            onClick={({ key }) => navigate(`/setup/scripts?file=${encodeURIComponent(key)}`)}
            items={origins.map((origin) => ({
              key: `origin:${origin}`,
              type: 'group',
              label: origin,
              children: (scripts.data ?? [])
                .filter((s) => s.origin === origin)
                .map((s) => ({ key: `${s.origin}/${s.path}`, label: s.path.replace(/^scripts\//, '') })),
            }))}
          />
        </Card>
        <div style={{ flex: '1 1 560px', minWidth: 0 }}>
          {selected ? (
            <Editor key={selected} script={selected} isNew={!!scripts.data && !known} />
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('scripts.choose')} />
          )}
        </div>
      </div>
      <Modal
        open={creating}
        title={t('scripts.newScript')}
        okText={t('common.add')}
        onCancel={() => setCreating(false)}
        okButtonProps={{ disabled: !/^scripts\/[\w./-]+\.js$/.test(path) }}
        onOk={() => {
          setCreating(false);
          navigate(`/setup/scripts?file=${encodeURIComponent(`custom/${path}`)}`);
        }}
      >
        <Input value={path} onChange={(event) => setPath(event.target.value)} placeholder={t('scripts.path')} />
      </Modal>
    </>
  );
}

interface ScriptSource {
  origin: string;
  path: string;
  source: string;
  editable: boolean;
}

function Editor({ script, isNew }: { script: string; isNew: boolean }) {
  const { t } = useTranslation();
  const loaded = useQuery({
    queryKey: ['script', script],
    queryFn: () => call<ScriptSource>(`/api/admin/scripts/${script}`),
    enabled: !isNew,
    staleTime: 0,
    gcTime: 0,
  });
  if (loaded.error) return <Problem error={loaded.error} />;
  if (!isNew && !loaded.data) return <Spin />;
  const slash = script.indexOf('/');
  const source = loaded.data ?? { origin: script.slice(0, slash), path: script.slice(slash + 1), source: NEW_SCRIPT, editable: true };
  return <SourceEditor key={`${script}:${isNew}`} script={source} isNew={isNew} label={t('scripts.readOnly')} />;
}

function SourceEditor({ script, isNew, label }: { script: ScriptSource; isNew: boolean; label: string }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [source, setSource] = useState(script.source);
  const [saved, setSaved] = useState(isNew ? null : script.source);
  const [problems, setProblems] = useState<ScriptProblem[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);

  const extensions = useMemo(
    () => [
      javascript(),
      lintGutter(),
      linter(
        async (view) => {
          if (!script.editable) return [];
          const answer = await call<{ problems: ScriptProblem[] }>('/api/admin/scripts/check', {
            method: 'POST',
            body: { path: script.path, source: view.state.doc.toString() },
          }).catch(() => ({ problems: [] }));
          setProblems(answer.problems);
          return answer.problems.map((problem): Diagnostic => {
            const line = view.state.doc.line(Math.min(Math.max(problem.line, 1), view.state.doc.lines));
            const from = Math.min(line.from + Math.max(problem.column - 1, 0), line.to);
            return { from, to: Math.max(from, line.to), severity: 'error', message: problem.message };
          });
        },
        { delay: 500 },
      ),
    ],
    [script.editable, script.path],
  );

  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await call(`/api/admin/scripts/custom/${script.path}`, { method: 'PUT', body: { source } });
      setSaved(source);
      tell.done(t('scripts.saved'));
      await queries.invalidateQueries({ queryKey: ['scripts'] });
    } catch (failure) {
      setError(failure);
      if (failure instanceof ApiError) {
        setProblems(
          (failure.problem.errors ?? []).flatMap((e) =>
            e.source && e.source.line > 0 ? [{ line: e.source.line, column: e.source.column, message: e.detail }] : [],
          ),
        );
      }
    } finally {
      setSaving(false);
    }
  };

  return (
    <Card
      size="small"
      title={
        <Space>
          <code>{script.path}</code>
          {!script.editable && <Tag>{label}</Tag>}
          {script.editable && source !== saved && <Tag color="gold">{t('scripts.unsaved')}</Tag>}
        </Space>
      }
      extra={
        script.editable && (
          <Button type="primary" loading={saving} disabled={source === saved} onClick={() => void save()} data-testid="save-script">
            {t('common.save')}
          </Button>
        )
      }
    >
      <Problem error={error} />
      <CodeMirror
        value={source}
        height="60vh"
        readOnly={!script.editable}
        extensions={extensions}
        onChange={setSource}
        aria-label={script.path}
      />
      {script.editable && (
        <div style={{ marginTop: 8 }} data-testid="script-problems">
          {problems.length === 0 ? (
            <span className="tn-muted">{t('scripts.noProblems')}</span>
          ) : (
            problems.map((problem, at) => (
              <div key={at} style={{ color: '#cf1322' }}>
                {problem.line}:{problem.column} {problem.message}
              </div>
            ))
          )}
        </div>
      )}
    </Card>
  );
}
