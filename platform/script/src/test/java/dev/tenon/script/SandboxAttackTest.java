package dev.tenon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile or careless script does, and that a neighbour does not notice it. */
@Timeout(90)
class SandboxAttackTest {

    private static final String ATTACKS = """
            TIMEOUT         for (;;) {}
            TIMEOUT         for (;;) { try { for (;;) {} } finally { continue; } }
            TIMEOUT         Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
            TIMEOUT         return /(x+x+)+\\1y/.test('x'.repeat(300))
            TIMEOUT         [].concat(...Array(3)).constructor; while (true) { Promise.resolve().then(() => 1); new Date(); }
            TIMEOUT         const p = () => Promise.resolve().then(p); return p()
            TIMEOUT         let o = { get x() { return this.x2; } }; Object.defineProperty(o, 'x2', { get() { for (;;); } }); return o.x
            TIMEOUT         return { toJSON() { for (;;); } }
            TIMEOUT         throw { get message() { for (;;); }, toString() { for (;;); } }
            TIMEOUT         class E extends Error { get message() { for (;;); } } throw new E()
            TOO_DEEP        function g() { try { g(); } catch (e) { g(); } finally { g(); } } g()
            TOO_DEEP        const g = () => g() + 1; g()
            OUT_OF_MEMORY   const all = []; for (;;) all.push(new Array(100000).fill(Math.random()))
            OUT_OF_MEMORY   let s = []; for (;;) s.push(new Uint8Array(8000000))
            OUT_OF_MEMORY   const m = new Map(); for (let i = 0; ; i++) m.set('k' + i, { i, text: 'x'.repeat(100) + i })
            FAILED          return new Uint8Array(2 ** 31 - 2).length
            FAILED          let s = 'x'; for (;;) s += s
            FAILED          return 'x'.padEnd(2 ** 30).length
            FAILED          return String.fromCharCode.apply(null, { length: 2 ** 26 }).length
            FAILED          eval('1 + 1')
            FAILED          (0, eval)('1')
            FAILED          return new Function('return 1')()
            FAILED          return (function () {}).constructor('return 1')()
            FAILED          return (async () => {}).constructor('return 1')()
            FAILED          return (function* () {}).constructor('yield 1')()
            FAILED          return Java.type('java.lang.Runtime').getRuntime().exec('id')
            FAILED          return java.lang.System.getenv()
            FAILED          return Packages.java.io.File('/')
            FAILED          return Polyglot.eval('js', '1')
            FAILED          return Graal.versionECMAScript
            FAILED          load('/etc/passwd')
            FAILED          print('x')
            FAILED          return BigInt(2)
            FAILED          return new SharedArrayBuffer(8)
            FAILED          return new Worker('x')
            FAILED          return WebAssembly.compile
            FAILED          return process.env
            FAILED          return require('fs')
            FAILED          return fetch('http://localhost')
            FAILED          return import('/etc/passwd')
            FAILED          return import('file:///etc/passwd')
            FAILED          return import('https://example.com/x.js')
            FAILED          return import('../../../../etc/passwd')
            FAILED          return import('fs')
            FAILED          console.log = () => {}; return 1
            FAILED          globalThis.UserError = null
            FAILED          return records.find('o', '0190a000-0000-7000-8000-000000000001')
            FAILED          const a = []; a[0] = a; return a
            FAILED          return { f() {} }
            FAILED          return new Promise(() => {})
            BAD_VALUE       let d = 1; for (let i = 0; i < 250; i++) d = [d]; return d
            TOO_MUCH_OUTPUT return 'x'.repeat(2000000)
            """;

    private static ScriptEngine engine;
    private static final AtomicInteger SERIAL = new AtomicInteger();

    @BeforeAll
    static void start() {
        engine = new ScriptEngine(ScriptSettings.defaults().withWorkers(1, 2).withLanes(8, 6, Duration.ofSeconds(60)));
        assertThat(neighbour()).isEqualTo("well");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Object call(String tenant, HostApi host, String source) {
        return call(tenant, host, source, Duration.ofSeconds(5));
    }

    private static Object call(String tenant, HostApi host, String source, Duration deadline) {
        // Another file each time: this test is about the attack, not about being blocked after several.
        ScriptModules modules =
                new ScriptModules("attack", Map.of("a.js", source + "\n// " + SERIAL.incrementAndGet(), "b.js", ""));
        return engine.call(new ScriptCall(
                        tenant, modules, "a.js", "f", ScriptCall.Kind.FUNCTION, Map.of(), Optional.of(deadline), host))
                .value();
    }

    private static Object neighbour() {
        return call(
                "neighbour",
                HostApi.none(),
                "export function f() { let n = 0; for (let i = 0; i < 1000; i++) n += i; return n === 499500 ? 'well' : n; }");
    }

    /** Attacks while a neighbour keeps calling; the neighbour must see nothing. */
    private static PlatformException attack(HostApi host, String source, Duration deadline) {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> calls = CompletableFuture.runAsync(
                    () -> {
                        try {
                            while (!stop.get() || served.get() == 0) {
                                assertThat(neighbour()).isEqualTo("well");
                                served.incrementAndGet();
                                // Calls all the time, but leaves a processor to the attacker: both share two of them.
                                Thread.sleep(5);
                            }
                        } catch (Throwable failed) {
                            seen.set(failed);
                        }
                    },
                    threads);
            PlatformException failure;
            try {
                failure = catchThrowableOfType(PlatformException.class, () -> call("attacker", host, source, deadline));
            } finally {
                stop.set(true);
            }
            calls.join();
            assertThat(seen.get()).isNull();
            assertThat(served.get()).isPositive();
            assertThat(neighbour()).isEqualTo("well");
            return failure;
        }
    }

    private static Stream<Arguments> attacks() {
        return ATTACKS.lines()
                .map(line -> line.split(" +", 2))
                .map(parts -> Arguments.of(ScriptError.valueOf(parts[0]), parts[1]));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anAttackEndsWithTheRightCode(ScriptError expected, String body) {
        // A bomb needs time to grow on a busy machine; a loop is ended sooner or later anyway.
        Duration deadline = expected == ScriptError.TIMEOUT ? Duration.ofMillis(300) : Duration.ofSeconds(10);
        PlatformException failure = attack(HostApi.none(), "export function f({ records }) { " + body + " }", deadline);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(failure.source().orElseThrow().file()).isEqualTo("a.js");
    }

    @Test
    void aGiantIntegerIsNoLanguageHere() {
        PlatformException failure =
                attack(HostApi.none(), "export function f() { return 2n ** (2n ** 26n); }", Duration.ofSeconds(5));
        assertThat(failure.code()).isEqualTo(ScriptError.SYNTAX_ERROR);
    }

    @Test
    void anArrayWithoutEndStopsTheScriptAndNobodyElse() {
        PlatformException failure = attack(
                HostApi.none(),
                "export function f() { return Array.from({ length: 2 ** 31 }).length; }",
                Duration.ofSeconds(1));
        assertThat(failure.code()).isIn(ScriptError.TIMEOUT, ScriptError.OUT_OF_MEMORY);
    }

    @Test
    void aFloodOfOutputIsCutOff() {
        ScriptModules modules = new ScriptModules(
                "o",
                Map.of("a.js", "export function f() { for (let i = 0; i < 5000; i++) console.log('x'.repeat(999)); }"));
        ScriptResult result = engine.call(new ScriptCall(
                "t", modules, "a.js", "f", ScriptCall.Kind.FUNCTION, Map.of(), Optional.empty(), HostApi.none()));
        assertThat(result.console()).hasSizeLessThan(30);
        assertThat(result.console().getLast()).isEqualTo("… further output is not kept");
    }

    @Test
    void manyCallsToTheServerAreLimited() {
        long begin = System.nanoTime();
        PlatformException failure = attack(
                HostApi.of(new TestContext()),
                "export function f({ records }) { for (;;) { try { records.count({ object: 'o' }); } catch (e) {} } }",
                Duration.ofSeconds(20));
        assertThat(failure.code()).isEqualTo(ScriptError.HOST_CALL_LIMIT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("ended at once, not at the deadline, although it catches every error")
                .isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whatOneScriptLeavesBehindTheNextDoesNotSee() {
        call("a", HostApi.none(), """
                export function f() {
                  globalThis.left = 1; Array.prototype.map = () => 'stolen'; Object.prototype.left = 2;
                  JSON.stringify = () => 'stolen'; Promise.prototype.then = null; return 1; }
                """);
        assertThat(call(
                        "a",
                        HostApi.none(),
                        "export const f = () => [typeof left, {}.left ?? 'none', [1].map((x) => x + 1)[0]]"))
                .isEqualTo(java.util.List.of("undefined", "none", 2L));
    }

    @Test
    void changedBuiltInsCannotForgeWhatTheServerGets() {
        Object value = call("a", HostApi.none(), """
                export function f() {
                  JSON.stringify = () => '"forged"'; JSON.parse = () => 1; Object.keys = () => [];
                  return { real: true }; }
                """);
        assertThat(value).isEqualTo(Map.of("real", true));
    }

    @Test
    void onlyTheLanguageAndOurNamesAreGlobal() {
        Object names = call("a", HostApi.none(), """
                export const f = () => Object.getOwnPropertyNames(globalThis).filter((n) => /^[a-z]/.test(n)).sort();
                """);
        assertThat(names.toString())
                .isEqualTo("[console, decodeURI, decodeURIComponent, encodeURI, encodeURIComponent, escape, eval,"
                        + " globalThis, isFinite, isNaN, parseFloat, parseInt, undefined, unescape]");
    }
}
