package dev.tenon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckAndTestRunTest {

    private static ScriptEngine engine;

    @BeforeAll
    static void start() {
        engine = new ScriptEngine(ScriptSettings.defaults().withWorkers(1, 1).withLanes(8, 6, Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static ScriptCheck check(String source) {
        return engine.check(
                "t", new ScriptModules("o", Map.of("lib.js", "export const a = 1;")).with("x.js", source), "x.js");
    }

    @Test
    void theExportedFunctionsOfAGoodFileAreNamed() {
        ScriptCheck check = check("""
                import { a } from "./lib.js";
                function hidden() {}
                export function one() {}
                export const two = () => a, notAFunction = 3;
                export { hidden as three };
                """);
        assertThat(check.problems()).isEmpty();
        assertThat(check.functions()).containsExactly("one", "three", "two");
    }

    @Test
    void aSyntaxErrorHasLineAndColumn() {
        ScriptCheck check = check("export function f() {\n  const a = ;\n}");
        assertThat(check.functions()).isEmpty();
        assertThat(check.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("x.js");
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(13);
            assertThat(problem.message()).contains("Expected an operand").doesNotContain("x.js");
        });
    }

    @Test
    void anImportThatDoesNotExistIsAProblemAtItsLine() {
        ScriptCheck check = check("\nimport { a } from './missing.js';\nexport function f() {}");
        assertThat(check.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("cannot import \"./missing.js\"");
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(19);
        });
        check = check("import { nothing } from './lib.js';\nexport function f() {}");
        assertThat(check.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("nothing");
            assertThat(problem.line()).isEqualTo(1);
        });
    }

    @Test
    void testsReportEachResultWithItsPlace() {
        ScriptModules modules = new ScriptModules(
                "o",
                Map.of(
                        "lib.js", "export const twice = (n) => n * 2;",
                        "lib.test.js", """
                import { twice } from "./lib.js";
                test("two and two", () => assert.equal(twice(2), 4));
                test("wrong", () => {
                  assert.equal(twice(2), 5, "twice");
                });
                test("deep", () => assert.deepEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }));
                test("refuses", () => assert.throws(() => { throw new UserError("no grade"); }, "grade"));
                test("does not refuse", () => assert.throws(() => {}));
                test("later", async () => { await null; assert(false, "late"); });
                test("broken", () => null.x);
                """));
        List<ScriptTestResult> results = engine.test("t", modules, "lib.test.js");
        assertThat(results)
                .extracting(ScriptTestResult::name)
                .containsExactly("two and two", "wrong", "deep", "refuses", "does not refuse", "later", "broken");
        assertThat(results)
                .extracting(ScriptTestResult::passed)
                .containsExactly(true, false, true, true, false, false, false);
        assertThat(results.get(1))
                .isEqualTo(new ScriptTestResult("wrong", false, "twice: expected 5 but was 4", "lib.test.js", 4, 3));
        assertThat(results.get(5).message()).isEqualTo("late: false is not true");
        assertThat(results.get(5).line()).isEqualTo(9);
        assertThat(results.get(6).line()).isEqualTo(10);
    }

    @Test
    void testsThatDoNotEndAreAnError() {
        ScriptModules modules = new ScriptModules("o", Map.of("a.test.js", "test('x', () => { for (;;); });"));
        PlatformException failure =
                catchThrowableOfType(PlatformException.class, () -> engine.test("t", modules, "a.test.js"));
        assertThat(failure.code()).isEqualTo(ScriptError.TIMEOUT);
    }
}
