/** Shapes of the platform's own HTTP API, as documented in its OpenAPI description. */

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  kind: 'USER' | 'CUSTOMIZATION' | 'CAPACITY' | 'EXTERNAL' | 'INTERNAL';
  traceId?: string;
  args?: Record<string, unknown>;
  errors?: ProblemDetail[];
  source?: { origin: string; file: string; line: number; column: number };
}

export interface ProblemDetail {
  code: string;
  pointer: string;
  detail: string;
  args?: Record<string, unknown>;
  source?: { origin: string; file: string; line: number; column: number };
}

export interface Me {
  id: string;
  name: string;
  login: string;
  email: string | null;
  tenant: string;
  locale: string;
  zone: string;
  /** ISO 4217 code of what amounts are converted to. */
  corporateCurrency: string | null;
  permissionSets: string[];
  system: string[];
}

export interface AppEntry {
  name: string;
  label: string;
  objects: { name: string; label: string; pluralLabel: string }[];
}

export type FieldKind =
  | 'text'
  | 'longText'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'picklist'
  | 'multiPicklist'
  | 'richText'
  | 'json'
  | 'encryptedText'
  | 'file'
  | 'image'
  | 'lookup'
  | 'masterDetail'
  | 'manyToMany'
  | 'autoNumber'
  | 'formula'
  | 'rollUp'
  | 'email'
  | 'phone'
  | 'url'
  | 'currency'
  | 'address'
  | 'geolocation'
  /** A lookup to records of several objects; declared as a lookup. */
  | 'polymorphicLookup'
  /** Told by the server whenever it is asked; nobody fills it. */
  | 'derived';

/** What a part of a field of several values says. */
export type PartRole =
  | 'currency'
  | 'converted'
  | 'country'
  | 'state'
  | 'city'
  | 'district'
  | 'street'
  | 'postalCode'
  | 'latitude'
  | 'longitude'
  /** A lookup to records of one of several objects. */
  | 'target';

export interface PicklistValue {
  key: string;
  label: string;
  color?: string | null;
  active: boolean;
}

export interface FieldDescription {
  name: string;
  label: string;
  type: FieldKind;
  resultType?: FieldKind | null;
  precision?: number | null;
  scale?: number | null;
  maxLength?: number | null;
  /** Of an encrypted text: whether it is shown whole, and else what is left of it. */
  revealed?: boolean;
  mask?: 'all' | 'lastFour';
  required: boolean;
  unique: boolean;
  readOnly: boolean;
  editable: boolean;
  /** What depends on the record's values: see {@link FieldState}. */
  when: ('visible' | 'required' | 'readOnly')[];
  system: boolean;
  hasDefault: boolean;
  help?: string | null;
  /** The object a reference leads to, and the field that names its records; null where the caller may not know it. */
  target?: string | null;
  targetTitle?: string | null;
  /** Fields of the target that are shown and searched where one is chosen; whether choosing follows rules at all. */
  candidateFields?: string[] | null;
  chosen?: boolean;
  /** A part that stays at its whole. */
  fixed?: boolean;
  values?: PicklistValue[] | null;
  /** Of files: bytes, and media types; empty where any is taken. */
  maxSize?: number | null;
  accept?: string[] | null;
  /** By a value: those that may follow it; empty where any may. */
  transitions?: Record<string, string[]> | null;
  /** The field whose value decides which values a record may have, and those by its value; absent where none does. */
  dependsOn?: string | null;
  allowed?: Record<string, string[]> | null;
  /** By record type: the values that its records may have; absent where no type has only some. */
  ofTypes?: Record<string, string[]> | null;
  /** Values that a record may begin with; empty where any may. */
  initial?: string[] | null;
  /** Of a field of several values: the fields that hold them, by what each says; of a lookup to several objects by object. */
  parts?: Record<string, string> | null;
  /** Of a lookup to several objects: the fields that name their records, by object. */
  titles?: Record<string, string> | null;
  /** Of one of those: the field it belongs to. */
  part?: { of: string; role: PartRole } | null;
  /** The currency of a converted amount. */
  currency?: string | null;
}

/** How a form treats a field with conditions at the moment. */
export interface FieldState {
  visible: boolean;
  required: boolean;
  readOnly: boolean;
  /** What a new record gets as long as nothing is typed. */
  byDefault?: unknown;
}

/** The field at the end of a column that leads over references. */
export interface ReachedField extends FieldDescription {
  /** The object that has the field. */
  object: string;
  isTitle: boolean;
  /** Label of the reference followed last. */
  via: string;
}

export interface ViewDescription {
  name: string;
  label: string;
  columns: string[];
  sort: string[];
}

export interface RelatedListDescription {
  name: string;
  label: string;
  object: string;
  via: string;
  /** Whether the field links any number of records, and not one. */
  linked: boolean;
  columns: string[];
  reached: Record<string, ReachedField>;
}

export interface RecordTypeDescription {
  key: string;
  label: string;
  active: boolean;
  /** Whether I may create records of it, and change records to it. */
  creatable: boolean;
  assignable: boolean;
  /** Names of the layout's sections and related lists that its records are shown with; null for all. */
  sections: string[] | null;
  related: string[] | null;
}

/** What can be done with a record; its parameters are described as fields are. */
export interface ActionDescription {
  name: string;
  label: string;
  parameters: FieldDescription[];
}

export interface ObjectDescription {
  name: string;
  label: string;
  pluralLabel: string;
  titleField: string;
  modelVersion: number;
  can: { create: boolean; edit: boolean; delete: boolean; lock: boolean };
  fields: FieldDescription[];
  views: ViewDescription[];
  /** By path: what the views' columns find behind references. */
  reached: Record<string, ReachedField>;
  layout: {
    sections: { name: string; label: string; columns: number; fields: string[] }[];
    related: RelatedListDescription[];
  };
  actions: ActionDescription[];
  approvals: { name: string; label: string; maySubmit: boolean; recordTypes?: string[] }[];
  /** Whether duplicate rules look at the object's records. */
  findsDuplicates?: boolean;
  /** Absent where all records are alike. */
  recordTypes?: RecordTypeDescription[];
  defaultRecordType?: string | null;
}

/** A row of the data API: fields by name, `<lookup>_id` for references, expanded records under the lookup's name. */
export type Row = Record<string, unknown> & { id: string; version: number; '@odata.etag'?: string };

export interface Rows {
  value: Row[];
  /** As text, as all numbers of the data API are here. */
  '@odata.count'?: string;
  '@odata.nextLink'?: string;
}

export interface PersonRef {
  id: string;
  name: string;
}

export interface LockInfo {
  /** Absent where the reader may not see that person. */
  by: PersonRef | null;
  at: string;
  reason: string | null;
}

/** Locks set on a record and on what it is a part of, for one reader. */
export interface LockState {
  lock: LockInfo | null;
  /** Of the nearest locked whole, where the reader sees it. */
  whole: (LockInfo & { object: string; id: string; title: string }) | null;
  /** May lock the record, or unlock it. */
  mayLock: boolean;
  mayEdit: boolean;
}

export interface HistorySave {
  saveId: string;
  at: string;
  by: PersonRef;
  through: string;
  kind: 'CREATED' | 'UPDATED' | 'DELETED' | 'RESTORED' | 'CONFIRMED' | 'LOCKED' | 'UNLOCKED';
  /** Of CONFIRMED: the duplicate rules whose warning was passed over. */
  rules?: string;
  /** Of LOCKED, where one was given. */
  reason?: string;
  changes: { field: string; label: string; old: string | null; new: string | null }[];
}

/** A deleted record with its parts; the id is the record's. */
export interface Deletion {
  id: string;
  object: string;
  objectLabel: string;
  title: string;
  by: PersonRef;
  through: string;
  at: string;
}

export interface DeletedTree extends Deletion {
  records: {
    object: string;
    objectLabel: string;
    id: string;
    title: string;
    values: { field: string; label: string; value: unknown; title?: string }[];
  }[];
  more: boolean;
}

export interface Restored {
  object: string;
  id: string;
  losses: Loss[];
}

/** What could not come back with a restored record. */
export interface Loss {
  object: string;
  objectLabel: string;
  id: string;
  title: string;
  field: string | null;
  fieldLabel: string | null;
  reason: 'OBJECT_GONE' | 'FIELD_GONE' | 'VALUE_UNFIT' | 'REFERENCE_GONE' | 'REFERENCE_NOT_SET';
  value: string | null;
}

export interface AttachmentInfo {
  id: string;
  fileName: string;
  mediaType: string;
  size: number;
  createdBy: PersonRef;
  createdAt: string;
}

export interface Notification {
  id: string;
  kind: string;
  title: string;
  body: string | null;
  object: string | null;
  recordId: string | null;
  read: boolean;
  createdAt: string;
}

export interface InboxItem {
  taskId: string | null;
  instanceId: string;
  process: { name: string; label: string };
  object: string;
  objectLabel: string;
  recordId: string;
  title: string;
  submitter: PersonRef;
  stepKey: string | null;
  stepLabel: string | null;
  activatedAt: string;
  state: string;
  decision?: string | null;
  outcome?: string | null;
  taskVersion?: number | null;
}

export interface ApprovalStepView {
  key: string;
  label: string;
  state: 'PASSED' | 'ACTIVE' | 'WAITING' | 'REJECTED' | 'RETURNED' | 'SKIPPED' | 'CANCELED' | 'BLOCKED';
  round: number;
  approvers: {
    taskId: string;
    user: PersonRef;
    state: string;
    decision?: string | null;
    decidedAt?: string | null;
    auto?: boolean | null;
  }[];
  activatedAt?: string | null;
  closedAt?: string | null;
}

export interface TimelineEntry {
  seq: number;
  at: string;
  kind: string;
  actor: PersonRef | null;
  stepKey?: string | null;
  stepLabel?: string | null;
  comment?: string | null;
}

export interface ApprovalActionView {
  name: 'approve' | 'reject' | 'return' | 'withdraw' | 'resubmit' | 'comment' | 'retry' | 'terminate';
  taskId?: string | null;
  taskVersion?: number | null;
  available: boolean;
  reason?: string | null;
  commentRequired: boolean;
}

export interface ApprovalInstance {
  id: string;
  process: { name: string; label: string };
  state: string;
  outcome?: string | null;
  round: number;
  submitter: PersonRef;
  startedAt: string;
  endedAt?: string | null;
  lock: { locked: boolean; mode: string; reason?: string | null };
  steps: ApprovalStepView[];
  timeline: TimelineEntry[];
  actions: ApprovalActionView[];
}

export interface RecordApproval {
  current: ApprovalInstance | null;
  earlier: ApprovalInstance[];
  submit: { process: string; label: string; available: boolean; reason?: string | null }[];
}

export interface ElementProperty {
  name: string;
  value: unknown;
  layer: string;
  changeable: boolean;
  chain: { layer: string; value: unknown; file: string; line: number }[];
}

export interface ElementDescription {
  key: string;
  type: string;
  name: string;
  origin: string;
  properties: ElementProperty[];
}

export type MetadataChange =
  | { op: 'add'; element: string; properties: Record<string, unknown> }
  | { op: 'set'; element: string; property: string; value: unknown }
  | { op: 'reset'; element: string; property: string }
  | { op: 'remove'; element: string };

export interface InstalledPackage {
  name: string;
  namespace: string;
  version: string;
  title: string;
  summary: string;
  kind: 'product' | 'plugin' | 'custom' | 'system';
}

export interface AvailablePackage {
  name: string;
  version: string;
  title: string;
  installedVersion?: string | null;
}

export interface UpgradeEntry {
  element: string;
  label: string;
  property: string | null;
  kind: 'ADDED' | 'CHANGED' | 'REMOVED' | 'KEPT' | 'ABSORBED' | 'CONFLICT' | 'ORPHAN';
  old: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface UpgradeReport {
  package: string;
  from: string | null;
  to: string;
  counts: Record<string, number>;
  entries: UpgradeEntry[];
  schema: { step: string }[];
  problems: ProblemDetail[];
  blocked: boolean;
}

export interface Conflict {
  id: string;
  package: string;
  element: string;
  label: string;
  property: string;
  base: unknown;
  theirs: unknown;
  mine: unknown;
  version: string;
  since: string;
}

export interface PluginInfo {
  id: string;
  version: string;
  title: string;
  state: 'STARTED' | 'FAILED' | 'STOPPED';
  error?: string | null;
  scopes: string[];
  sdkRange: string;
  enabled: boolean;
}

export interface ImportJob {
  id: string;
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELED';
  object: string;
  fileName: string;
  mode: 'INSERT' | 'UPDATE' | 'UPSERT';
  dryRun: boolean;
  total: number | null;
  processed: number;
  created: number;
  updated?: number;
  rejected: number;
  startedAt: string | null;
  endedAt: string | null;
  fileKept: boolean;
  errors: { line: number; column: string | null; code: string; message: string }[];
}

export interface ImportFault {
  line: number;
  column: string;
  code: string;
  message: string;
}

export interface ImportPreview {
  format: 'CSV' | 'XLSX';
  charset: string | null;
  separator: string | null;
  sheets: string[];
  sheet: string | null;
  columns: { title: string; type: 'EMPTY' | 'BOOLEAN' | 'INTEGER' | 'DECIMAL' | 'DATE' | 'DATE_TIME' | 'TEXT'; field: string }[];
  rows: string[][];
  problems: ImportFault[];
  errors: ImportFault[];
}

export interface ExportJob {
  id: string;
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELED' | 'EXPIRED';
  object: string;
  fileName: string;
  format: 'CSV' | 'XLSX';
  total: number | null;
  processed: number;
  altered: number;
  bytes: number;
  queuedAt: string;
  endedAt: string | null;
  expiresAt: string | null;
  failure: string | null;
}

export interface ScriptEntry {
  origin: string;
  path: string;
  editable: boolean;
}

export interface ScriptProblem {
  line: number;
  column: number;
  message: string;
}

export interface UserInfo {
  id: string;
  login: string;
  name: string;
  email: string | null;
  locale: string;
  active: boolean;
  /** Has yet to choose a password. */
  invited: boolean;
  secondFactor: boolean;
  permissionSets: string[];
  manager: PersonRef | null;
}

/** A link that chooses a password, shown this once. */
export interface AccountLink {
  kind: 'INVITATION' | 'RESET';
  link: string;
  expiresAt: string;
}

export interface HandOver {
  id: string;
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELED';
  from: string;
  to: string;
  total: number | null;
  processed: number;
  workItems: number;
  leftOver: number;
  queuedAt: string;
  failure: string | null;
}

export interface SessionInfo {
  id: string;
  address: string;
  device: string;
  createdAt: string;
  seenAt: string;
  current: boolean;
}

export interface SecondFactorStatus {
  enrolled: boolean;
  demanded: boolean;
  recoveryCodes: number;
}

export interface IdentityEvent {
  id: number;
  at: string;
  kind: string;
  actor: string | null;
  user: string | null;
  address: string;
  detail: string;
}

export interface IdentityEvents {
  items: IdentityEvent[];
  before: number | null;
}

export interface PermissionSetInfo {
  name: string;
  label: string;
  origin: string;
}

export type TokenScope = 'read' | 'write' | 'admin';

export interface TokenInfo {
  id: string;
  name: string;
  scopes: TokenScope[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt?: string | null;
}
