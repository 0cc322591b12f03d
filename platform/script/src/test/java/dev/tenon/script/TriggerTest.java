package dev.tenon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordIds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TriggerTest {

    private static ScriptEngine engine;

    private final TestContext context = new TestContext();
    private final TestContext.Change change = new TestContext.Change()
            .with("salary", new BigDecimal("8000.50"))
            .with("grade", "p1")
            .with("startDate", LocalDate.of(2026, 4, 1))
            .with("note", null);

    @BeforeAll
    static void start() {
        engine = new ScriptEngine(ScriptSettings.defaults().withWorkers(1, 2));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private void run(String... lines) {
        run(Set.of(), true, lines);
    }

    private void run(Set<String> fields, boolean mayChange, String... lines) {
        String source = Arrays.stream(lines).collect(Collectors.joining("\n"));
        ScriptModules modules = new ScriptModules(
                "market-custom",
                Map.of("scripts/t.js", source, "scripts/lib.js", "export const twice = (n) => n * 2;"));
        engine.handlers()
                .trigger(new ScriptTarget(modules, "scripts/t.js", "t"), fields, mayChange)
                .run(change, context);
    }

    private PlatformException failure(Runnable work) {
        return catchThrowableOfType(PlatformException.class, work::run);
    }

    private static ErrorSource at(int line, int column) {
        return new ErrorSource("market-custom", "scripts/t.js", line, column);
    }

    @Test
    void changedFieldsComeBackAndOthersDoNot() {
        run("export function t({ record }) { record.salary = record.salary * 2; record.grade = 'p1'; }");
        assertThat(change.set).containsExactly(Map.entry("salary", 16001L));
    }

    @Test
    void valuesArriveAsTheDocumentedTypes() {
        change.with("big", 9007199254740993L).with("exact", new BigDecimal("12345678901234567.89"));
        run(
                "export function t({ record, user, now, before }) {",
                "  record.note = [typeof record.salary, typeof record.big, record.exact, record.startDate,",
                "    now instanceof Date, now.toISOString(), user.name, user.locale, before].join('|');",
                "}");
        assertThat(change.set)
                .containsEntry(
                        "note", "number|string|12345678901234567.89|2026-04-01|true|2026-03-01T08:00:00.000Z|王伟|en|");
    }

    @Test
    void aDecimalComesBackAsItsShortestText() {
        run("export function t({ record }) { record.salary = 0.1; }");
        assertThat(change.set).containsEntry("salary", new BigDecimal("0.1"));
    }

    @Test
    void theRecordBeforeIsThereAndCannotBeChanged() {
        change.before = new RecordData("recruiting__Offer", RecordIds.next(), 3, Map.of("salary", 7000L));
        run("export function t({ record, before }) {", "  record.note = `${before.salary} ${before.version}`;", "}");
        assertThat(change.set).containsEntry("note", "7000 3");
        PlatformException failure = failure(() -> run("export function t({ before }) {", "  before.salary = 1;", "}"));
        assertThat(failure.code()).isEqualTo(ScriptError.FAILED);
        assertThat(failure.source()).contains(at(2, 3));
    }

    @Test
    void filesOfTheSameOriginCanBeImported() {
        run("import { twice } from './lib.js';", "export const t = ({ record }) => { record.salary = twice(3); };");
        assertThat(change.set).containsEntry("salary", 6L);
    }

    @Test
    void anAsyncFunctionIsAwaited() {
        run("export async function t({ record }) { await null; record.salary = 5; }");
        assertThat(change.set).containsEntry("salary", 5L);
        PlatformException failure =
                failure(() -> run("export async function t() {", "  await null;", "  throw new Error('late');", "}"));
        assertThat(failure.args()).containsEntry("message", "late");
        assertThat(failure.source().orElseThrow().line()).isEqualTo(3);
    }

    @Test
    void aUserErrorIsForThePersonWhoSaves() {
        PlatformException failure = failure(() ->
                run("export function t({ record }) {", "  throw new UserError('没有起薪', { field: 'grade' });", "}"));
        assertThat(failure.code()).isEqualTo(ScriptError.USER_ERROR);
        assertThat(failure.code().kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure.args()).containsEntry("message", "没有起薪").containsEntry("field", "grade");
        assertThat(failure.details())
                .singleElement()
                .satisfies(d -> assertThat(d.pointer()).isEqualTo("/grade"));
        assertThat(failure.source().orElseThrow().line()).isEqualTo(2);
    }

    @Test
    void anyOtherErrorNamesFileLineAndColumn() {
        PlatformException failure = failure(() -> run(
                "function inner(record) {",
                "  return record.missing.length;",
                "}",
                "export function t({ record }) {",
                "  inner(record);",
                "}"));
        assertThat(failure.code()).isEqualTo(ScriptError.FAILED);
        assertThat(failure.code().kind()).isEqualTo(ErrorKind.CUSTOMIZATION);
        assertThat(failure.source()).contains(at(2, 10));
        assertThat(failure.args().get("message").toString())
                .contains("TypeError")
                .contains("length");
    }

    @Test
    void theConstructorOfAnOwnErrorIsNotThePlace() {
        PlatformException failure = failure(() -> run(
                "class TooLow extends Error {",
                "  constructor(m) {",
                "    super(m);",
                "  }",
                "}",
                "export function t() {",
                "  throw new TooLow('low');",
                "}"));
        assertThat(failure.source().orElseThrow().line()).isEqualTo(7);
        assertThat(failure.args()).containsEntry("message", "low");
    }

    @Test
    void aThrownTextHasAPlaceToo() {
        PlatformException failure = failure(() -> run("export function t() {", "  throw 'just text';", "}"));
        assertThat(failure.args()).containsEntry("message", "threw just text");
        assertThat(failure.source().orElseThrow().line()).isEqualTo(2);
    }

    @Test
    void anErrorInAnImportedFileNamesThatFile() {
        ScriptModules modules = new ScriptModules(
                "o",
                Map.of(
                        "scripts/a.js", "import { f } from './deep/b.js';\nexport function t() { f(); }",
                        "scripts/deep/b.js", "\n\nexport function f() {\n    null.x;\n}"));
        PlatformException failure = failure(() -> engine.handlers()
                .trigger(new ScriptTarget(modules, "scripts/a.js", "t"), Set.of(), true)
                .run(change, context));
        assertThat(failure.source()).contains(new ErrorSource("o", "scripts/deep/b.js", 4, 5));
    }

    @Test
    void aMisspelledFieldFailsAtItsLineWithASuggestion() {
        PlatformException failure = failure(() ->
                run(Set.of("salary", "grade"), true, "export function t({ record }) {", "  record.salry = 1;", "}"));
        assertThat(failure.source()).contains(at(2, 3));
        assertThat(failure.args().get("message").toString())
                .isEqualTo("TypeError: recruiting__Offer has no \"salry\"; did you mean \"salary\"?");
        failure = failure(() ->
                run(Set.of("salary"), true, "export function t({ record }) {", "  if (record.salari) return;", "}"));
        assertThat(failure.source()).contains(at(2, 7));
    }

    @Test
    void afterTheSaveNothingCanBeChanged() {
        PlatformException failure =
                failure(() -> run(Set.of(), false, "export function t({ record }) {", "  record.salary = 1;", "}"));
        assertThat(failure.source()).contains(at(2, 3));
    }

    @Test
    void aValueThatIsNoNumberIsRefused() {
        PlatformException failure =
                failure(() -> run("export function t({ record }) {", "  record.salary = 0 / 0;", "}"));
        assertThat(failure.code()).isEqualTo(ScriptError.FAILED);
        assertThat(failure.args().get("message").toString()).contains("salary is NaN");
        assertThat(failure.source().orElseThrow().file()).isEqualTo("scripts/t.js");
        assertThat(failure.source().orElseThrow().line()).isEqualTo(1);
    }

    @Test
    void aValueThatTheFieldRefusesIsTheScriptsFault() {
        change.refuse = Refusal.STALE.error().build();
        PlatformException failure = failure(() -> run("export function t({ record }) { record.salary = 'x'; }"));
        assertThat(failure.code()).isEqualTo(ScriptError.BAD_VALUE);
        assertThat(failure.args()).containsEntry("field", "salary");
    }

    @Test
    void recordsAreReadAndSavedThroughTheClient() {
        RecordData candidate = context.add("recruiting__Candidate", Map.of("name", "李娜", "years", 4L));
        change.with("candidate", candidate.id());
        context.settings.put("recruiting__limit", new BigDecimal("30000"));
        run(
                "export function t({ record, records, settings }) {",
                "  const c = records.find('recruiting__Candidate', record.candidate);",
                "  const rows = records.query({ object: 'recruiting__Candidate', select: ['name'], where: 'years > n',",
                "    parameters: { n: 3 }, orderBy: ['-name', 'years'], top: 5 });",
                "  const n = records.count({ object: 'recruiting__Candidate' });",
                "  const made = records.create('c__Log', { text: c.name, at: 1.5 });",
                "  const changed = records.update('c__Log', made.id, made.version, { text: 'x' });",
                "  records.delete('c__Log', changed.id, changed.version);",
                "  record.note = [c.name, rows.length, rows[0].version, n, changed.version, settings.recruiting__limit,",
                "    settings.nothing].join(' ');",
                "}");
        assertThat(change.set).containsEntry("note", "李娜 1 1 1 2 30000 ");
        assertThat(context.asked)
                .contains("create c__Log {text=李娜, at=1.5}", "update c__Log 1 {text=x}", "delete c__Log");
        assertThat(context.asked.get(1))
                .contains("filter=Optional[years > n]", "parameters={n=3}", "path=name, descending=true", "top=5");
    }

    @Test
    void recordsAreLockedAndUnlockedThroughTheClient() {
        RecordData candidate = context.add("recruiting__Candidate", Map.of("name", "李娜"));
        change.with("candidate", candidate.id());
        run(
                "export function t({ record, records }) {",
                "  const told = [records.isLocked('recruiting__Candidate', record.candidate)];",
                "  records.lock('recruiting__Candidate', record.candidate);",
                "  told.push(records.findLock('recruiting__Candidate', record.candidate).reason);",
                "  records.unlock('recruiting__Candidate', record.candidate);",
                "  told.push(records.findLock('recruiting__Candidate', record.candidate));",
                "  const lock = records.lock('recruiting__Candidate', record.candidate, 'hired');",
                "  told.push(lock.reason, lock.at, lock.by, records.isLocked('recruiting__Candidate', record.candidate));",
                "  record.note = JSON.stringify(told);",
                "}");
        assertThat(change.set).containsEntry("note", "[false,null,null,\"hired\",\"2026-05-04T10:00:00Z\",null,true]");
        assertThat(context.asked)
                .containsExactly(
                        "lock recruiting__Candidate <>",
                        "unlock recruiting__Candidate",
                        "lock recruiting__Candidate <hired>");
    }

    @Test
    void aRefusalOfTheClientCanBeHandled() {
        context.failure = what -> Refusal.STALE.error().with("who", "李娜").build();
        run(
                "export function t({ record, records }) {",
                "  try { records.count({ object: 'o' }); }",
                "  catch (e) { record.note = `${e instanceof RecordError} ${e.code}`; }",
                "}");
        assertThat(change.set).containsEntry("note", "true test.stale");
    }

    @Test
    void aRefusalThatIsNotHandledReachesTheCallerAsItWas() {
        context.failure = what -> Refusal.STALE.error().with("who", "李娜").build();
        PlatformException failure =
                failure(() -> run("export function t({ records }) {", "  records.count({ object: 'o' });", "}"));
        assertThat(failure.code()).isEqualTo(Refusal.STALE);
        assertThat(failure.args()).containsEntry("who", "李娜");
        assertThat(failure.source()).contains(at(2, 3));
    }

    @Test
    void aFaultOfTheServerEndsTheScriptEvenIfItCatchesEverything() {
        IllegalStateException fault = new IllegalStateException("database is gone");
        context.failure = what -> fault;
        Throwable thrown = catchThrowableOfType(
                IllegalStateException.class,
                () -> run(
                        "export function t({ record, records }) {",
                        "  for (;;) { try { records.count({ object: 'o' }); } catch (e) { record.note = e.message; } }",
                        "}"));
        assertThat(thrown).isSameAs(fault);
        assertThat(context.asked).hasSize(1);
        context.failure = what -> null;
        run("export function t({ record }) { record.salary = 1; }");
        assertThat(change.set).containsExactly(Map.entry("salary", 1L));
    }

    @Test
    void aCallWithoutMeaningFailsAtItsLine() {
        PlatformException failure = failure(
                () -> run("export function t({ records }) {", "  records.query({ object: 'o', filter: 'x' });", "}"));
        assertThat(failure.code()).isEqualTo(ScriptError.FAILED);
        assertThat(failure.source()).contains(at(2, 3));
        assertThat(failure.args().get("message").toString()).contains("has no \"filter\"");
        failure = failure(() -> run("export function t({ records }) { records.find('o', 'no id'); }"));
        assertThat(failure.args().get("message").toString()).contains("id must be the id of a record");
        failure = failure(() -> run("export function t({ records }) { records.query({ object: 'o', top: 5000 }); }"));
        assertThat(failure.args().get("message").toString()).contains("between 1 and 1000");
    }

    @Test
    void aMissingExportNamesTheOthers() {
        PlatformException failure = failure(() -> run("export function T() {}", "export const other = () => 1;"));
        assertThat(failure.code()).isEqualTo(ScriptError.EXPORT_MISSING);
        assertThat(failure.args())
                .containsEntry("function", "t")
                .containsEntry("exports", "T, other")
                .containsEntry("suggestion", " (T?)");
    }

    @Test
    void aMissingFileIsNamed() {
        ScriptModules modules = new ScriptModules("o", Map.of("scripts/a.js", ""));
        PlatformException failure = failure(() -> engine.handlers()
                .trigger(new ScriptTarget(modules, "scripts/b.js", "t"), Set.of(), true)
                .run(change, context));
        assertThat(failure.code()).isEqualTo(ScriptError.FILE_MISSING);
    }

    @Test
    void consoleOutputIsKept() {
        ScriptModules modules = new ScriptModules("o", Map.of("a.js", """
                export function f({ x }) { console.log("x is", x, { y: [1] }); console.warn("careful"); return x + 1; }
                """));
        ScriptResult result = engine.call(new ScriptCall(
                "t",
                modules,
                "a.js",
                "f",
                ScriptCall.Kind.FUNCTION,
                Map.of("x", 1L),
                java.util.Optional.empty(),
                HostApi.none()));
        assertThat(result.value()).isEqualTo(2L);
        assertThat(result.console()).containsExactly("x is 1 {\"y\":[1]}", "warning: careful");
    }

    @Test
    void actionsAndResolversAnswer() {
        RecordData offer = new RecordData("recruiting__Offer", RecordIds.next(), 1, Map.of("salary", 5L));
        ScriptModules modules = new ScriptModules("o", Map.of("a.js", """
                export const act = ({ record, parameters }) =>
                  ({ message: `done ${record.salary}`, values: { next: parameters.n + 1, none: null } });
                export const ask = ({ submitter, user }) => [submitter, user.id];
                export const wrong = () => ["nobody"];
                """));
        var handlers = engine.handlers();
        var result = handlers.action(new ScriptTarget(modules, "a.js", "act")).run(offer, Map.of("n", 1L), context);
        assertThat(result.message()).isEqualTo("done 5");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("next", 2L);
        values.put("none", null);
        assertThat(result.values()).isEqualTo(values);
        assertThat(handlers.approvers(new ScriptTarget(modules, "a.js", "ask"))
                        .resolve(offer, offer.id(), Map.of(), context))
                .isEqualTo(List.of(offer.id(), TestContext.USER));
        PlatformException failure = failure(() -> handlers.approvers(new ScriptTarget(modules, "a.js", "wrong"))
                .resolve(offer, offer.id(), Map.of(), context));
        assertThat(failure.code()).isEqualTo(ScriptError.BAD_VALUE);
    }

    @Test
    void aScriptMayStartAnotherThroughARecord() {
        RecordData row = context.add("o", Map.of());
        change.with("other", row.id());
        context.onFind = () -> run("export function t({ record }) { record.note = 'inner'; }");
        run("export function t({ record, records }) {", "  records.find('o', record.other); record.grade = 'p2';", "}");
        assertThat(change.set).containsEntry("note", "inner").containsEntry("grade", "p2");
    }

    @Test
    void scriptsThatStartEachOtherForEverAreStopped() {
        RecordData row = context.add("o", Map.of());
        change.with("other", row.id());
        Runnable[] again = new Runnable[1];
        again[0] = () -> run("export function t({ record, records }) { records.find('o', record.other); }");
        context.onFind = again[0];
        PlatformException failure = failure(again[0]);
        assertThat(failure.code()).isEqualTo(ScriptError.NESTED_TOO_DEEP);
    }

    private enum Refusal implements ErrorCode {
        STALE;

        @Override
        public String owner() {
            return "test";
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.USER;
        }
    }
}
