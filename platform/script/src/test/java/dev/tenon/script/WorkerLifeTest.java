package dev.tenon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerLifeTest {

    private static final ScriptSettings SETTINGS =
            ScriptSettings.defaults().withWorkers(1, 2).withLanes(8, 6, Duration.ofSeconds(60));

    private static ScriptEngine engine;

    @BeforeAll
    static void start() {
        engine = new ScriptEngine(SETTINGS);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static ScriptResult call(ScriptEngine with, String tenant, HostApi host, String source) {
        return with.call(new ScriptCall(
                tenant,
                new ScriptModules("o", Map.of("a.js", source)),
                "a.js",
                "f",
                ScriptCall.Kind.FUNCTION,
                Map.of(),
                Optional.of(Duration.ofSeconds(5)),
                host));
    }

    private static void killAll() {
        engine.workers().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void aCallThatOnlyReadSurvivesTheEndOfItsWorker() {
        TestContext context = new TestContext();
        boolean[] first = {true};
        context.failure = what -> {
            if (first[0]) {
                first[0] = false;
                killAll();
            }
            return null;
        };
        ScriptResult result = call(
                engine, "t", HostApi.of(context), "export const f = ({ records }) => records.count({ object: 'o' });");
        assertThat(result.value()).isEqualTo(0L);
        assertThat(context.asked).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aCallThatChangedSomethingIsNotRepeated() {
        TestContext context = new TestContext();
        context.failure = what -> {
            killAll();
            return null;
        };
        PlatformException failure = catchThrowableOfType(
                PlatformException.class,
                () -> call(
                        engine,
                        "t",
                        HostApi.of(context),
                        "export const f = ({ records }) => records.create('o', { a: 1 }).id;"));
        assertThat(failure.code()).isEqualTo(ScriptError.UNAVAILABLE);
        assertThat(context.rows).hasSize(1);
    }

    @Test
    void manyCallsAtOnceAreAllServed() throws Exception {
        Set<Object> answers = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int n = i;
                calls.add(threads.submit(() ->
                        answers.add(call(engine, "tenant" + n % 5, HostApi.none(), "export const f = () => " + n + ";")
                                .value())));
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(answers).hasSize(300);
    }

    @Test
    void oneTenantCannotTakeAllLanes() throws Exception {
        CountDownLatch inside = new CountDownLatch(6);
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ScriptResult>> greedy = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TestContext context = new TestContext();
                context.failure = what -> {
                    inside.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return null;
                };
                greedy.add(threads.submit(() -> call(
                        engine,
                        "greedy",
                        HostApi.of(context),
                        "export const f = ({ records }) => records.count({ object: 'o' });")));
            }
            inside.await();
            assertThat(call(engine, "modest", HostApi.none(), "export const f = () => 1;")
                            .value())
                    .isEqualTo(1L);
            go.countDown();
            for (Future<ScriptResult> call : greedy) {
                assertThat(call.get().value()).isEqualTo(0L);
            }
        }
    }

    @Test
    void aScriptThatMustBeEndedByForceAgainAndAgainIsBlocked() {
        String stubborn = "export function f() { Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1); }";
        ScriptCall call = new ScriptCall(
                "t",
                new ScriptModules("o", Map.of("a.js", stubborn)),
                "a.js",
                "f",
                ScriptCall.Kind.FUNCTION,
                Map.of(),
                Optional.of(Duration.ofMillis(100)),
                HostApi.none());
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(PlatformException.class, () -> engine.call(call))
                            .code())
                    .isEqualTo(ScriptError.TIMEOUT);
        }
        assertThat(catchThrowableOfType(PlatformException.class, () -> engine.call(call))
                        .code())
                .isEqualTo(ScriptError.BLOCKED);
        assertThat(call(engine, "t", HostApi.none(), "export const f = () => 2;")
                        .value())
                .isEqualTo(2L);
    }

    @Test
    void theSecretsOfTheServerAreNotHandedDown() {
        call(engine, "t", HostApi.none(), "export const f = () => 1;");
        long pid = engine.workers().getFirst();
        Path environment = Path.of("/proc/" + pid + "/environ");
        if (environment.toFile().canRead()) {
            assertThat(environment).content().isEqualTo("LANG=C.UTF-8\0");
        }
    }

    @Test
    void aWorkerThatCannotStartIsAClearError() {
        ScriptSettings broken = SETTINGS.withProcess(
                        Path.of("/nonexistent/java"), List.of(), Path.of(System.getProperty("java.io.tmpdir")))
                .withLanes(1, 1, Duration.ofSeconds(1));
        try (ScriptEngine without = new ScriptEngine(broken)) {
            PlatformException failure = catchThrowableOfType(
                    PlatformException.class, () -> call(without, "t", HostApi.none(), "export const f = () => 1;"));
            assertThat(failure.code()).isEqualTo(ScriptError.UNAVAILABLE);
            assertThat(failure.args().get("reason").toString()).contains("/nonexistent/java");
        }
    }

    @Test
    void closingEndsTheProcesses() {
        ScriptEngine other = new ScriptEngine(SETTINGS);
        call(other, "t", HostApi.none(), "export const f = () => 1;");
        List<Long> pids = other.workers();
        other.close();
        assertThat(pids)
                .isNotEmpty()
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }
}
