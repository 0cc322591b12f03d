/**
 * What scripts of Tenon see. The language is ECMAScript 2026 in ES modules, without: eval and Function(text), BigInt, timers,
 * files, network, atomics. A script imports files of its own package only: `import { f } from "./lib.js"`.
 */

declare global {
  /**
   * The value of a field. Texts, picklist keys, ids, dates ("2026-01-31") and times ("2026-01-31T08:00:00Z") are texts.
   * A number that binary floating point cannot hold exactly arrives as text too. An empty field is null.
   */
  type Value = string | number | boolean | null;

  /** A record as it was read. Beside its fields it has id and version; fields hidden from the user are absent. */
  type ReadRecord = Readonly<Record<string, Value>> & { readonly id: string; readonly version: number };

  /** A lock on a record. */
  interface RecordLock {
    /** Id of who has set it; null where the acting user may not see that person. */
    readonly by: string | null;
    readonly at: string;
    readonly reason: string | null;
  }

  /** The person a call acts for. */
  interface ActingUser {
    readonly id: string;
    readonly name: string;
    readonly tenant: string;
    /** Language tag such as "zh-CN". */
    readonly locale: string;
    /** Time zone such as "Asia/Shanghai". */
    readonly zone: string;
  }

  interface Query {
    /** Global name of the object, for example "recruiting__Offer". */
    object: string;
    /** Fields or paths over lookups such as "candidate.name"; every readable field when left out. */
    select?: string | string[];
    /** A condition in the expression language; its free variables come from parameters. */
    where?: string;
    parameters?: Record<string, Value>;
    /** Fields or paths; a leading "-" means descending. */
    orderBy?: string | string[];
    /** 1 to 1000; 100 when left out. */
    top?: number;
    skip?: number;
  }

  /**
   * Records with the rights of the acting user. In a trigger everything happens in the transaction of the save. Refusals are
   * thrown as RecordError and can be caught; a fault of the server ends the script. One call of a script may use it 1,000 times.
   */
  interface Records {
    find(object: string, id: string): ReadRecord | null;
    query(query: Query): ReadRecord[];
    count(query: Query): number;
    create(object: string, values: Record<string, Value>): ReadRecord;
    /** Throws records.stale-version when the record has another version by now. */
    update(object: string, id: string, version: number, changes: Record<string, Value>): ReadRecord;
    delete(object: string, id: string, version: number): void;
    /** The lock that somebody has set on the record; null where nobody has. An approval's own lock is none of these. */
    findLock(object: string, id: string): RecordLock | null;
    isLocked(object: string, id: string): boolean;
    /**
     * Locks a record: only who may edit locked records changes it, its details, files and links from now on. Needs the right to
     * lock. The same lock once more is none; another is records.already-locked.
     */
    lock(object: string, id: string, reason?: string): RecordLock;
    /** Unlocks a record, whoever has locked it. Needs the right to lock. Throws records.not-locked. */
    unlock(object: string, id: string): void;
  }

  /** Settings by global name: settings.recruiting__vpSalaryLimit. One that does not exist is null. */
  type Settings = Readonly<Record<string, Value>>;

  interface Call {
    /** Global name of the record's object. */
    readonly object: string;
    readonly user: ActingUser;
    /** The time of the request. */
    readonly now: Date;
    readonly records: Records;
    readonly settings: Settings;
  }

  /**
   * A trigger: `export function startingSalary({ record, before, records }) { record.salary = 8000; }`. Before the save the
   * record's fields can be assigned; a name that is no field, and any assignment after the save, is an error at its line.
   * A trigger may be async.
   */
  interface TriggerCall extends Call {
    readonly record: Record<string, Value>;
    /** The record before the change; null when it is being created. */
    readonly before: ReadRecord | null;
  }
  type Trigger = (call: TriggerCall) => void | Promise<void>;

  /** An action on one record; it returns a message or an object. */
  interface ActionCall extends Call {
    readonly record: ReadRecord;
    readonly parameters: Readonly<Record<string, Value>>;
  }
  interface ActionResult {
    message?: string | null;
    values?: Record<string, Value>;
  }
  type Answer = void | null | string | ActionResult;
  type Action = (call: ActionCall) => Answer | Promise<Answer>;

  /** Finds who is asked at an approval step: ids of users, in order. */
  interface ApproversCall extends Call {
    readonly record: ReadRecord;
    /** Id of the user who submitted the record. */
    readonly submitter: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }
  type Approvers = (call: ApproversCall) => string[] | Promise<string[]>;

  /** Throw it to tell the person who saves what to correct; field names the field it is shown at. */
  class UserError extends Error {
    constructor(message: string, options?: { field?: string });
    readonly name: "UserError";
    readonly field: string | null;
  }

  /** A refusal of the record client. */
  class RecordError extends Error {
    private constructor();
    readonly name: "RecordError";
    /** Stable code such as "records.stale-version". */
    readonly code: string;
  }

  /** Kept for the script's author; 200 lines and 16,000 characters per call. */
  const console: Readonly<
    Record<"log" | "info" | "debug" | "warn" | "error", (...values: unknown[]) => void>
  >;

  // ---- visibility policies only

  /** A condition over symbols. It is not evaluated by the script but becomes part of every query. */
  interface Condition {
    and(...others: Operand[]): Condition;
    or(...others: Operand[]): Condition;
    not(): Condition;
    eq(other: Operand): Condition;
    /** The same person. */
    is(other: Operand): Condition;
    le(other: Operand): Condition;
    lt(other: Operand): Condition;
    in(...values: Operand[]): Condition;
    in(values: Operand[]): Condition;
    contains(element: Operand): Condition;
    isNull(): Condition;
  }
  type Operand = Condition | string | number | boolean;

  interface Viewer extends Condition {
    readonly id: Condition;
    readonly participation: {
      /** First and last time the viewer was asked to decide, and last time of a decision: numbers of events. */
      readonly firstSeq: Condition;
      readonly lastActivatedSeq: Condition;
      readonly lastDecidedSeq: Condition;
    };
  }
  type ItemField =
    | "kind" | "author" | "actingFor" | "seq" | "nodeKey" | "nodeActivatedSeq" | "nodeClosedSeq" | "round" | "audience" | "outcome";
  interface VisibilitySymbols {
    readonly me: Viewer;
    readonly item: Condition & Readonly<Record<ItemField, Condition>>;
    readonly inst: Condition & Readonly<Record<"submitter" | "state", Condition>>;
  }
  interface Visibility {
    readonly __visibility: unique symbol;
  }

  /** Without the condition the text and files of an item are hidden. */
  function contentOnly(condition: Operand): Visibility;
  /** Without the condition the item does not exist for the viewer. */
  function existence(condition: Operand): Visibility;
  /** Each level with its own condition; one that is left out is not restricted. */
  function visibility(levels: Partial<Record<"content" | "decision" | "actor" | "existence", Operand>>): Visibility;

  const approval: {
    /** Registers the rule of a process, named globally ("recruiting__offer_approval") or locally ("offer_approval"). */
    visibility(process: string, rule: (symbols: VisibilitySymbols) => Visibility): void;
  };

  // ---- *.test.js only

  /** A test; it runs alone, with nothing of the tenant: pass plain objects for record and records. */
  function test(name: string, body: () => void | Promise<void>): void;

  const assert: {
    (condition: unknown, message?: string): void;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, unexpected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    /** Returns the error. Expected: part of its message, a pattern for it, or its class. */
    throws(
      body: () => unknown,
      expected?: string | RegExp | (abstract new (...args: never[]) => Error),
      message?: string,
    ): unknown;
  };
}

export {};
