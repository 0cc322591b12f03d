import { DeleteOutlined, EditOutlined, LockOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Space, Spin, Tabs, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { call } from '../../api/client';
import { deleteRow, getRow } from '../../api/odata';
import { layoutOf, typeOf } from '../../api/recordTypes';
import type { ObjectDescription, Row } from '../../api/types';
import { useObject, useRights } from '../../app/model';
import { FieldValue } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { ApprovalPanel, useApproval } from '../approvals/ApprovalPanel';
import { ActionButton } from './ActionButton';
import { DuplicatesPanel } from './DuplicatesPanel';
import { FilesPanel } from './FilesPanel';
import { HistoryPanel } from './HistoryPanel';
import { LockButton, LockReason, LockTag, useLock } from './LockControls';
import { RelatedList } from './RelatedList';
import { stateOf } from './formState';
import { isHeld } from './locks';
import { useUndo } from './restore';
import { useFormState } from './useFormState';

export function RecordPage() {
  const { object: name, id } = useParams();
  const object = useObject(name);
  const row = useQuery({
    queryKey: ['row', name, id],
    queryFn: () => getRow(object.data!, id!),
    enabled: !!object.data,
  });
  const error = object.error ?? row.error;
  if (error) return <Problem error={error} />;
  if (!object.data || !row.data) return <Spin />;
  return <RecordView key={row.data.id} object={object.data} row={row.data} />;
}

function RecordView({ object, row }: { object: ObjectDescription; row: Row }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTell();
  const undo = useUndo();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [params, setParams] = useSearchParams();
  const fields = new Map(object.fields.map((f) => [f.name, f]));
  const title = String(row[object.titleField] ?? object.label);

  const approval = useApproval(object.name, row.id, object.approvals.length > 0);
  const actions = useQuery({
    queryKey: ['actions', object.name, row.id, row.version],
    queryFn: () => call<{ name: string; label: string; available: boolean }[]>(`/api/records/${object.name}/${row.id}/actions`),
    enabled: object.actions.length > 0,
  });
  const remove = () =>
    modal.confirm({
      title: t('common.confirmDelete', { name: title }),
      okButtonProps: { danger: true },
      okText: t('common.delete'),
      onOk: async () => {
        try {
          await deleteRow(object.name, row);
          await undo.offer(object, row.id, title);
          navigate(`/o/${object.name}`);
          await queries.invalidateQueries();
        } catch (failure) {
          tell.failed(failure);
        }
      },
    });

  const locked = approval.data?.current?.lock.locked ?? false;
  const states = useFormState(object, row);
  const rights = useRights(object, row.id, row.version);
  const lock = useLock(object.name, row.id).data;
  const held = isHeld(lock, rights);
  const type = typeOf(object, row);
  const layout = layoutOf(object, type);
  const sections = layout.sections
    .map((section) => ({
      ...section,
      shown: section.fields.flatMap((name) => fields.get(name) ?? []).filter((field) => stateOf(field, states).visible),
    }))
    .filter((section) => section.shown.length > 0);
  const inSections = new Set(sections.flatMap((section) => section.shown));
  const system = ['owner', 'createdBy', 'createdAt', 'updatedBy', 'updatedAt']
    .flatMap((name) => fields.get(name) ?? [])
    .filter((field) => !inSections.has(field));

  const details = (
    <>
      {sections.map((section) => (
        <Card key={section.name} title={section.label} size="small" style={{ marginBottom: 16 }}>
          <Descriptions
            column={{ xs: 1, md: section.columns }}
            items={section.shown.map((field) => ({
              key: field.name,
              label: <Tooltip title={field.help}>{field.label}</Tooltip>,
              children: (
                <span data-testid={`field-${field.name}`}>
                  <FieldValue field={field} row={row} />
                </span>
              ),
            }))}
          />
        </Card>
      ))}
      {system.length > 0 && (
        <Card title={t('record.system')} size="small">
          <Descriptions
            column={{ xs: 1, md: 3 }}
            items={system.map((field) => ({
              key: field.name,
              label: field.label,
              children: <FieldValue field={field} row={row} />,
            }))}
          />
        </Card>
      )}
    </>
  );

  const tabs = [
    { key: 'details', label: t('record.details'), children: details },
    ...(layout.related.length > 0
      ? [
          {
            key: 'related',
            label: t('record.related'),
            children: layout.related.map((list) => <RelatedList key={list.name} list={list} parent={row.id} held={held} />),
          },
        ]
      : []),
    ...(object.approvals.length > 0
      ? [
          {
            key: 'approval',
            label: t('record.approval'),
            children: <ApprovalPanel object={object.name} id={row.id} />,
          },
        ]
      : []),
    { key: 'files', label: t('record.files'), children: <FilesPanel object={object.name} id={row.id} mayAttach={(rights?.edit ?? false) && !held} /> },
    ...(object.findsDuplicates
      ? [{ key: 'duplicates', label: t('record.duplicates'), children: <DuplicatesPanel object={object} id={row.id} version={row.version} /> }]
      : []),
    { key: 'history', label: t('record.history'), children: <HistoryPanel object={object} id={row.id} version={row.version} /> },
  ];
  const active = params.get('tab') ?? 'details';
  return (
    <>
      <div className="tn-page-head">
        <h1 data-testid="record-title">
          <Link to={`/o/${object.name}`} className="tn-muted" style={{ fontWeight: 400 }}>
            {object.label}
          </Link>{' '}
          {title}{' '}
          {type !== null && <Tag data-testid="record-type">{object.recordTypes?.find((each) => each.key === type)?.label ?? type}</Tag>}
          {locked && (
            <Tag icon={<LockOutlined />} color="processing">
              {t('record.locked')}
            </Tag>
          )}
          <LockTag state={lock} rights={rights} />
        </h1>
        <Space wrap>
          {object.actions
            .filter((action) => actions.data?.some((item) => item.name === action.name && item.available))
            .map((action) => (
              <ActionButton key={action.name} object={object.name} id={row.id} action={action} />
            ))}
          <LockButton object={object.name} id={row.id} state={lock} />
          {rights?.edit && (
            <Tooltip title={held && <LockReason state={lock} rights={rights} />}>
              <Button icon={<EditOutlined />} disabled={locked || held} onClick={() => navigate(`/o/${object.name}/${row.id}/edit`)}>
                {t('common.edit')}
              </Button>
            </Tooltip>
          )}
          {rights?.delete && (
            <Tooltip title={held && <LockReason state={lock} rights={rights} />}>
              <Button danger icon={<DeleteOutlined />} disabled={locked || held} onClick={remove}>
                {t('common.delete')}
              </Button>
            </Tooltip>
          )}
        </Space>
      </div>
      <Tabs
        activeKey={tabs.some((tab) => tab.key === active) ? active : 'details'}
        items={tabs}
        onChange={(key) => setParams({ tab: key }, { replace: true })}
      />
    </>
  );
}
