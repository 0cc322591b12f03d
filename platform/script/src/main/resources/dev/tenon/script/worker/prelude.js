// Evaluated first in every context. Gets the one function that leads out of the sandbox and returns what the worker
// calls. Everything it needs later is taken before the customer's code can change a built-in.
(function (host, purpose) {
  "use strict";
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  const { keys, freeze, defineProperty, getPrototypeOf, hasOwn, is } = Object;
  const { isFinite, isInteger } = Number;
  const isArray = Array.isArray;
  const then = Promise.prototype.then;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const PromiseClass = Promise;
  const ErrorClass = Error;
  const ProxyClass = Proxy;
  const DateClass = Date;

  function global(name, value) {
    defineProperty(globalThis, name, { value, writable: false, configurable: false, enumerable: false });
  }

  // ---- errors

  class UserError extends ErrorClass {
    constructor(message, options) {
      super(String(message));
      this.name = "UserError";
      this.field = options && options.field !== undefined && options.field !== null ? String(options.field) : null;
    }
  }
  class RecordError extends ErrorClass {
    constructor(error) {
      super(error.message);
      this.name = "RecordError";
      this.code = error.code;
      defineProperty(this, "ticket", { value: error.ticket });
    }
  }
  class AssertionError extends ErrorClass {
    constructor(message) {
      super(message);
      this.name = "AssertionError";
    }
  }
  global("UserError", UserError);
  global("RecordError", RecordError);

  // ---- values to and from the server

  function checked(key, value) {
    if (typeof value === "number" && !isFinite(value)) {
      throw new TypeError(`${key === "" ? "the value" : key} is ${value}, not a number that can be kept`);
    }
    if (typeof value === "function" || typeof value === "symbol") {
      throw new TypeError(`${key === "" ? "the value" : key} is a ${typeof value}, not a value that can be kept`);
    }
    return value;
  }
  function encode(value) {
    const text = stringify(value, checked);
    return text === undefined ? "null" : text;
  }
  function ask(name, payload) {
    const reply = parse(host(name, encode(payload)));
    if (reply.error) {
      throw reply.error.code ? new RecordError(reply.error) : new TypeError(reply.error.message);
    }
    return reply.value === undefined ? null : reply.value;
  }

  // ---- console

  function shown(value) {
    if (typeof value === "string") return value;
    if (value instanceof ErrorClass) return `${value.name}: ${value.message}`;
    if (value !== null && typeof value === "object") {
      try {
        return stringify(value);
      } catch (circular) {
        return "[object]";
      }
    }
    return String(value);
  }
  function writer(level) {
    return function (...values) {
      let line = level;
      for (let i = 0; i < values.length; i++) line += (i === 0 ? "" : " ") + shown(values[i]);
      host("log", line);
    };
  }
  global(
    "console",
    freeze({ log: writer(""), info: writer(""), debug: writer(""), warn: writer("warning: "), error: writer("error: ") }),
  );

  // ---- names that do not exist

  function distance(a, b) {
    let row = [];
    for (let j = 0; j <= b.length; j++) row[j] = j;
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        next[j] = row[j] + 1 < next[j - 1] + 1 ? row[j] + 1 : next[j - 1] + 1;
        if (swap < next[j]) next[j] = swap;
      }
      row = next;
    }
    return row[b.length];
  }
  function unknown(owner, name, names) {
    let best = null;
    let least = 3;
    for (let i = 0; i < names.length; i++) {
      const d = distance(name.toLowerCase(), names[i].toLowerCase());
      if (d < least) {
        least = d;
        best = names[i];
      }
    }
    return new TypeError(`${owner} has no "${name}"${best === null ? "" : `; did you mean "${best}"?`}`);
  }

  // ---- records and settings

  const records = freeze({
    find: (object, id) => ask("find", { object, id }),
    query: (query) => ask("query", query),
    count: (query) => ask("count", query),
    create: (object, values) => ask("create", { object, values }),
    update: (object, id, version, changes) => ask("update", { object, id, version, changes }),
    delete: (object, id, version) => {
      ask("delete", { object, id, version });
    },
    findLock: (object, id) => ask("findLock", { object, id }),
    isLocked: (object, id) => ask("findLock", { object, id }) !== null,
    lock: (object, id, reason) => ask("lock", { object, id, reason }),
    unlock: (object, id) => {
      ask("unlock", { object, id });
    },
  });
  const readSettings = {};
  const settings = new ProxyClass(freeze({}), {
    get(target, name) {
      if (typeof name !== "string") return undefined;
      if (!hasOwn(readSettings, name)) readSettings[name] = ask("setting", { name });
      return readSettings[name];
    },
    has: () => true,
  });

  // ---- the record of a trigger

  function guarded(values, owner, fields, changeable) {
    const names = fields === null ? null : new Set(fields);
    return new ProxyClass(values, {
      set(target, name, value) {
        if (!changeable) {
          throw new TypeError(`${owner} cannot be changed here; only triggers that run before the save can change it`);
        }
        if (typeof name !== "string" || (names !== null && !names.has(name))) {
          throw unknown(owner, String(name), fields === null ? [] : fields);
        }
        target[name] = value === undefined ? null : value;
        return true;
      },
      defineProperty() {
        throw new TypeError(`assign to the fields of ${owner} instead of defining them`);
      },
      deleteProperty() {
        throw new TypeError(`a field of ${owner} is emptied by setting it to null`);
      },
      setPrototypeOf: () => false,
      get(target, name) {
        if (names !== null && typeof name === "string" && !hasOwn(target, name) && !names.has(name) && !(name in target) && name !== "toJSON" && name !== "then") {
          throw unknown(owner, name, fields);
        }
        return target[name];
      },
    });
  }
  function changes(before, after) {
    const changed = {};
    const names = keys(after);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const value = after[name];
      const old = hasOwn(before, name) ? before[name] : undefined;
      if (is(value, old)) continue;
      checked(name, value);
      if (old !== undefined && typeof value === "object" && encode(value) === encode(old)) continue;
      changed[name] = value;
    }
    return changed;
  }

  // ---- visibility: operators build a tree, nothing is compared here

  const trees = new WeakMap();
  function treeOf(value) {
    if (value !== null && typeof value === "object" && trees.has(value)) return trees.get(value);
    if (typeof value === "string" || typeof value === "boolean" || isInteger(value)) return { literal: value };
    throw new TypeError(`${shown(value)} cannot be part of a visibility rule; use symbols, text, whole numbers, true or false`);
  }
  const operators = {};
  for (const name of ["and", "or", "not", "eq", "le", "lt", "in", "contains", "isNull"]) {
    const least = name === "not" || name === "isNull" ? 0 : 1;
    const most = name === "in" || name === "and" || name === "or" ? 100 : least;
    operators[name] = function (...operands) {
      if (name === "in" && operands.length === 1 && isArray(operands[0])) operands = operands[0];
      if (operands.length < least || operands.length > most) {
        throw new TypeError(`${name}() takes ${least === most ? least : `at least ${least}`} operand(s), got ${operands.length}`);
      }
      const tree = { op: name, operands: [treeOf(this)] };
      for (let i = 0; i < operands.length; i++) tree.operands[i + 1] = treeOf(operands[i]);
      return expression(tree, {});
    };
  }
  operators.is = operators.eq;
  const operatorNames = keys(operators);
  function expression(tree, parts) {
    const self = new ProxyClass(parts, {
      get(target, name) {
        if (hasOwn(target, name)) return target[name];
        if (hasOwn(operators, name)) return operators[name];
        if (typeof name !== "string") return undefined;
        throw unknown(tree.symbol || "a condition", name, [...operatorNames, ...keys(target)]);
      },
      set() {
        throw new TypeError("symbols cannot be changed");
      },
    });
    trees.set(self, tree);
    return self;
  }
  function symbol(path, parts) {
    return expression({ symbol: path }, parts || {});
  }
  function symbols(path, names) {
    const parts = {};
    for (const name of names) parts[name] = symbol(`${path}.${name}`);
    return parts;
  }
  const rules = [];
  const isPolicy = purpose === "VISIBILITY" || purpose === "EXPORTS" || purpose === "TESTS";
  if (isPolicy) {
    class Visibility {
      constructor(parts) {
        for (const level of ["content", "decision", "actor", "existence"]) {
          this[level] = hasOwn(parts, level) ? treeOf(parts[level]) : { literal: true };
        }
        const given = keys(parts);
        for (let i = 0; i < given.length; i++) {
          if (!hasOwn(this, given[i])) throw unknown("visibility", given[i], keys(this));
        }
        freeze(this);
      }
    }
    global("contentOnly", (content) => new Visibility({ content }));
    global("existence", (condition) => new Visibility({ content: condition, decision: condition, actor: condition, existence: condition }));
    global("visibility", (parts) => new Visibility(parts));
    global(
      "approval",
      freeze({
        visibility(process, rule) {
          if (typeof process !== "string" || typeof rule !== "function") {
            throw new TypeError("approval.visibility takes the key of a process and a function");
          }
          rules.push({ process, rule, Visibility });
        },
      }),
    );
  }
  function policy(process) {
    const local = process.slice(process.indexOf("__") + (process.includes("__") ? 2 : 0));
    const found = rules.filter((r) => r.process === process || r.process === local);
    if (found.length !== 1) {
      const all = rules.map((r) => r.process).join(", ");
      throw new ErrorClass(
        found.length === 0
          ? `no rule is registered for the process ${process}${all === "" ? "" : `; there are rules for ${all}`}`
          : `the process ${process} has ${found.length} rules; register one`,
      );
    }
    const me = symbol("me", {
      id: symbol("me"),
      participation: freeze(symbols("me.participation", ["firstSeq", "lastActivatedSeq", "lastDecidedSeq"])),
    });
    const item = symbol(
      "item",
      symbols("item", [
        "kind", "author", "actingFor", "seq", "nodeKey", "nodeActivatedSeq", "nodeClosedSeq", "round", "audience", "outcome",
      ]),
    );
    const inst = symbol("inst", symbols("inst", ["submitter", "state"]));
    const answer = found[0].rule(freeze({ me, item, inst }));
    if (!(answer instanceof found[0].Visibility)) {
      throw new TypeError("the rule must return contentOnly(…), existence(…) or visibility({…})");
    }
    return answer;
  }

  // ---- tests

  const tests = [];
  if (purpose === "TESTS" || purpose === "EXPORTS") {
    global("test", (name, body) => {
      if (typeof body !== "function") throw new TypeError("test takes a name and a function");
      tests.push({ name: String(name), body });
    });
    const same = (a, b) => {
      if (is(a, b)) return true;
      if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
      if (a instanceof DateClass && b instanceof DateClass) return a.getTime() === b.getTime();
      if (isArray(a) !== isArray(b)) return false;
      const names = keys(a);
      return names.length === keys(b).length && names.every((n) => hasOwn(b, n) && same(a[n], b[n]));
    };
    const fail = (message, fallback) => {
      throw new AssertionError(message === undefined ? fallback : `${message}: ${fallback}`);
    };
    const assert = (condition, message) => {
      if (!condition) fail(message, `${shown(condition)} is not true`);
    };
    assert.equal = (actual, expected, message) => {
      if (!is(actual, expected)) fail(message, `expected ${shown(expected)} but was ${shown(actual)}`);
    };
    assert.notEqual = (actual, unexpected, message) => {
      if (is(actual, unexpected)) fail(message, `did not expect ${shown(unexpected)}`);
    };
    assert.deepEqual = (actual, expected, message) => {
      if (!same(actual, expected)) fail(message, `expected ${shown(expected)} but was ${shown(actual)}`);
    };
    assert.throws = (body, expected, message) => {
      try {
        body();
      } catch (error) {
        const text = String(error && error.message !== undefined ? error.message : error);
        const fits =
          expected === undefined ||
          (typeof expected === "string" && text.includes(expected)) ||
          (expected instanceof RegExp && expected.test(text)) ||
          (typeof expected === "function" && error instanceof expected);
        if (!fits) fail(message, `expected the error ${shown(expected)} but it was "${text}"`);
        return error;
      }
      return fail(message, "expected an error but there was none");
    };
    global("assert", freeze(assert));
  }

  // ---- what the worker calls

  let settled = null;
  let finish = null;
  function watch(value) {
    settled = null;
    if (value instanceof PromiseClass) {
      const outcome = {};
      settled = outcome;
      call(then, value, (result) => { outcome.state = "done"; outcome.value = result; }, (error) => { outcome.state = "failed"; outcome.error = error; });
      return true;
    }
    return false;
  }
  return {
    // True when the answer is a promise: collect() gives it after the jobs have run.
    invoke(run, json) {
      const given = parse(json);
      const input = {};
      const names = keys(given);
      for (let i = 0; i < names.length; i++) input[names[i]] = given[names[i]];
      if (typeof given.now === "string") input.now = new DateClass(given.now);
      input.records = records;
      input.settings = settings;
      if (purpose === "TRIGGER") {
        const original = parse(json).record;
        const owner = given.object || "the record";
        const fields = given.fields || null;
        if (input.before) freeze(input.before);
        input.record = guarded(given.record, owner, fields, given.changeable !== false);
        delete input.fields;
        delete input.changeable;
        finish = () => encode(changes(original, given.record));
      } else {
        finish = encode;
      }
      const value = run(input);
      return watch(value) ? null : finish(value);
    },
    collect() {
      if (settled.state === "failed") throw settled.error;
      if (settled.state !== "done") throw new ErrorClass("the promise that the function returned is never fulfilled");
      return finish(settled.value);
    },
    policy: (process) => encode(policy(process)),
    testNames: () => encode(tests.map((t) => t.name)),
    runTest(index) {
      finish = () => "true";
      return watch(tests[index].body()) ? null : "true";
    },
    // How an error is told: never throws on behalf of what is thrown at it, the worker catches the rest.
    describe(error) {
      if (error instanceof UserError) return stringify({ kind: "user", message: String(error.message), field: error.field });
      if (error instanceof RecordError) {
        return stringify({ kind: "record", message: String(error.message), code: error.code, ticket: error.ticket });
      }
      const types = [];
      if (error instanceof ErrorClass) {
        for (let p = getPrototypeOf(error); p !== null && types.length < 20; p = getPrototypeOf(p)) {
          if (hasOwn(p, "constructor") && typeof p.constructor === "function") types.push(String(p.constructor.name));
        }
        const name = String(error.name);
        const text = String(error.message);
        return stringify({ kind: "error", message: name === "Error" || name === "AssertionError" ? text || name : `${name}: ${text}`, types });
      }
      return stringify({ kind: "error", message: `threw ${shown(error)}`, types });
    },
  };
});
