package dev.tenon.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilitySymbols;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginCallTest {

    @TempDir
    private Path folder;

    private PluginHost host;
    private final Caller caller = new Caller();

    @BeforeEach
    void open() {
        host = new PluginHost(PluginSettings.in(folder.resolve("plugins"))
                .withTimeouts(
                        Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(10))
                .withSizes(10_000_000, 10_000_000, 4));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void install(PluginBuilder builder) {
        host.install(builder.build(folder.resolve("upload.jar")));
    }

    private void install(String body, String... members) {
        install(PluginBuilder.contributing("p", "1.0.0", body, members)
                .attribute("Tenon-Scopes", "records.read records.write attachments"));
    }

    private ActionResult act(String name) {
        return host.action("p", name).run(Caller.RECORD, Map.of(), caller);
    }

    private PlatformException failure(Runnable work) {
        PlatformException failure = catchThrowableOfType(PlatformException.class, work::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void allKindsOfHandlersAreCalled() {
        install("""
                to.trigger("t", (change, context) -> change.set("a", context.setting("x").get()));
                to.action("a", (record, parameters, context) ->
                    new ActionResult("done", Map.of("id", record.id(), "n", 1, "found", context.records().find("o", record.id()).isPresent())));
                to.approverResolver("r", (record, submitter, parameters, context) -> List.of(submitter));
                to.visibilityPolicy("v", (viewer, item, approval) -> Visibility.contentOnly(item.author().is(viewer.id())));
                """);
        host.trigger("p", "t").run(caller, caller);
        assertThat(caller.values).containsEntry("a", "value of x");
        assertThat(act("a").values()).isEqualTo(Map.of("id", Caller.RECORD.id().toString(), "n", 1L, "found", true));
        assertThat(host.approverResolver("p", "r").resolve(Caller.RECORD, Caller.RECORD.id(), Map.of(), caller))
                .containsExactly(Caller.RECORD.id());
        VisibilitySymbols.Item item = new VisibilitySymbols.Item();
        VisibilitySymbols.Viewer viewer = new VisibilitySymbols.Viewer();
        assertThat(host.visibilityPolicy("p", "v").compile(viewer, item, new VisibilitySymbols.Approval()))
                .isEqualTo(Visibility.contentOnly(item.author().is(viewer.id())));
    }

    @Test
    void aFailureInACallNamesFileAndLineAndIsCounted() {
        install("""
                to.action("a", (record, parameters, context) -> { return deeper(null); });
                to.trigger("t", (change, context) -> { throw new StackOverflowError(); });
                """, "static ActionResult deeper(String s) {", "  return ActionResult.message(s.trim());", "}");
        PlatformException failure = failure(() -> act("a"));
        assertThat(failure.code()).isEqualTo(PluginError.FAILED);
        assertThat(failure.source()).contains(new ErrorSource("p", "acme/Main.java", 13, 0));
        assertThat(failure.args()).containsEntry("id", "p").containsEntry("name", "a");
        assertThat(failure(() -> host.trigger("p", "t").run(caller, caller)).code())
                .isEqualTo(PluginError.FAILED);
        PluginStatus status = host.find("p").orElseThrow();
        assertThat(status.calls()).isEqualTo(2);
        assertThat(status.failures()).isEqualTo(2);
        assertThat(status.lastFailure().orElseThrow()).contains("StackOverflowError");
    }

    @Test
    void aRefusalForThePersonPassesUnchanged() {
        install(PluginBuilder.contributing("p", "1.0.0", """
                to.trigger("t", (change, context) -> {
                    throw Refusal.CREDIT.error().with("limit", 5).build(); });
                """).source("acme.Refusal", """
                package acme;
                import dev.tenon.sdk.error.*;
                enum Refusal implements ErrorCode { CREDIT;
                    public String owner() { return "p"; }
                    public ErrorKind kind() { return ErrorKind.USER; } }
                """));
        PlatformException failure = failure(() -> host.trigger("p", "t").run(caller, caller));
        assertThat(failure.code().id()).isEqualTo("p.credit");
        assertThat(host.find("p").orElseThrow().failures()).isZero();
    }

    @Test
    void anUnknownContributionNamesTheOthers() {
        install("to.action(\"one\", (r, p, c) -> ActionResult.message(\"\"));");
        PlatformException failure = failure(() -> act("two"));
        assertThat(failure.code()).isEqualTo(PluginError.NO_CONTRIBUTION);
        assertThat(failure.args()).containsEntry("names", "one");
    }

    @Test
    void whatWasNotDeclaredCannotBeUsed() {
        install(PluginBuilder.contributing("p", "1.0.0", """
                to.action("read", (r, p, c) -> { c.records().find("o", r.id()); return ActionResult.message(""); });
                to.action("write", (r, p, c) -> { c.records().create("o", Map.of()); return ActionResult.message(""); });
                to.action("attach", (r, p, c) -> { c.records().attachments("o", r.id()); return ActionResult.message(""); });
                to.action("locked", (r, p, c) -> { c.records().findLock("o", r.id()); return ActionResult.message(""); });
                to.action("lock", (r, p, c) -> { c.records().lock("o", r.id(), ""); return ActionResult.message(""); });
                to.action("unlock", (r, p, c) -> { c.records().unlock("o", r.id()); return ActionResult.message(""); });
                """).attribute("Tenon-Scopes", "records.read"));
        act("read");
        act("locked");
        PlatformException failure = failure(() -> act("write"));
        assertThat(failure.code()).isEqualTo(PluginError.SCOPE_MISSING);
        assertThat(failure.args())
                .containsEntry("scope", "records.write")
                .containsEntry("operation", "create")
                .containsEntry("scopes", "records.read");
        for (String other : List.of("attach", "lock", "unlock")) {
            assertThat(failure(() -> act(other)).code()).as(other).isEqualTo(PluginError.SCOPE_MISSING);
        }
        assertThat(caller.asked).containsExactly("find", "findLock");
    }

    @Test
    void aContextIsOfNoUseAfterItsCallOrOnAnotherThread() {
        install("""
                to.action("keep", (r, p, c) -> { kept = c; return ActionResult.message(""); });
                to.action("use", (r, p, c) -> { kept.records().find("o", r.id()); return ActionResult.message(""); });
                to.action("other", (r, p, c) -> {
                    Throwable[] seen = new Throwable[1];
                    Thread t = new Thread(() -> { try { c.records().find("o", r.id()); } catch (Throwable x) { seen[0] = x; } });
                    t.start();
                    try { t.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
                    return ActionResult.message(String.valueOf(seen[0].getMessage())); });
                """, "static CallContext kept;");
        act("keep");
        assertThat(failure(() -> act("use")).code()).isEqualTo(PluginError.CONTEXT_MISUSED);
        assertThat(act("other").message()).contains("plugin.context-misused");
    }

    @Test
    void theContextClassLoaderIsThePluginsInsideAndTheServersOutside() {
        install("""
                to.action("a", (r, p, c) -> {
                    c.records().find("o", r.id());
                    return ActionResult.message(Thread.currentThread().getContextClassLoader().getName()); });
                """);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        assertThat(act("a").message()).isEqualTo("plugin:p");
        assertThat(caller.loaderInside).isSameAs(before);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aCallThatWaitsTooLongIsInterruptedAndTheThreadIsCleanAfterwards() {
        install(
                """
                to.action("sleep", (r, p, c) -> { Thread.sleep(30_000); return ActionResult.message(""); });
                to.action("spin", (r, p, c) -> {
                    long end = System.nanoTime() + 600_000_000L;
                    while (System.nanoTime() < end) { }
                    c.records().find("o", r.id());
                    return ActionResult.message(""); });
                """.replace(
                                "Thread.sleep(30_000);",
                                "try { Thread.sleep(30_000); } catch (InterruptedException e) { throw new IllegalStateException(e); }"));
        assertThat(failure(() -> act("sleep")).code()).isEqualTo(PluginError.TIMEOUT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(failure(() -> act("spin")).code()).isEqualTo(PluginError.TIMEOUT);
        assertThat(caller.asked).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void unusableResultsAreThePluginsFault() {
        install("""
                to.action("none", (r, p, c) -> null);
                to.action("odd", (r, p, c) -> new ActionResult("", Map.of("x", new Main())));
                to.approverResolver("none", (record, submitter, parameters, context) -> null);
                to.visibilityPolicy("none", (viewer, item, approval) -> null);
                to.visibilityPolicy("odd", (viewer, item, approval) ->
                    Visibility.contentOnly(item.seq().le(new VisibilityExpr.Literal(1.5))));
                """);
        assertThat(failure(() -> act("none")).code()).isEqualTo(PluginError.BAD_RESULT);
        assertThat(failure(() -> act("odd")).code()).isEqualTo(PluginError.BAD_RESULT);
        assertThat(failure(() -> host.approverResolver("p", "none")
                                .resolve(Caller.RECORD, Caller.RECORD.id(), Map.of(), caller))
                        .code())
                .isEqualTo(PluginError.BAD_RESULT);
        for (String name : List.of("none", "odd")) {
            assertThat(failure(() -> host.visibilityPolicy("p", name)
                                    .compile(
                                            new VisibilitySymbols.Viewer(),
                                            new VisibilitySymbols.Item(),
                                            new VisibilitySymbols.Approval()))
                            .code())
                    .isEqualTo(PluginError.BAD_RESULT);
        }
    }

    @Test
    void tooManyCallsAtOnceAreRefused() throws Exception {
        install("""
                to.action("wait", (r, p, c) -> {
                    try { while (!go) Thread.sleep(5); } catch (InterruptedException e) { return ActionResult.message("cut"); }
                    return ActionResult.message(""); });
                to.action("go", (r, p, c) -> { go = true; return ActionResult.message(""); });
                """, "static volatile boolean go;");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch started = new CountDownLatch(4);
            List<Future<?>> calls = java.util.stream.IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        started.countDown();
                        return host.action("p", "wait").run(Caller.RECORD, Map.of(), new Caller());
                    }))
                    .toList();
            started.await();
            while (host.find("p").orElseThrow().busy() < 4) {
                Thread.sleep(5);
            }
            assertThat(failure(() -> act("go")).code()).isEqualTo(PluginError.BUSY);
            for (Future<?> call : calls) {
                call.get();
            }
        }
        act("go");
    }

    @Test
    void aPluginSeesTheJdkTheSdkAndItselfOnly() {
        install("""
                to.action("see", (r, p, c) -> {
                    StringBuilder seen = new StringBuilder();
                    for (String name : List.of("java.sql.Driver", "dev.tenon.sdk.record.RecordData",
                            "org.jspecify.annotations.NullMarked", "org.slf4j.Logger", "acme.Main",
                            "org.pf4j.Plugin", "dev.tenon.plugin.PluginHost", "org.semver4j.Semver",
                            "org.assertj.core.api.Assertions", "org.junit.jupiter.api.Test")) {
                        try { Class.forName(name); seen.append(name).append(' '); } catch (ClassNotFoundException e) { }
                    }
                    return ActionResult.message(seen.toString()
                        + Main.class.getClassLoader().getResource("dev/tenon/plugin/sdk-version.txt")
                        + Main.class.getResource("/own.txt").getProtocol()); });
                """.replace("own.txt", "acme/Main.class"));
        assertThat(act("see").message())
                .isEqualTo("java.sql.Driver dev.tenon.sdk.record.RecordData org.jspecify.annotations.NullMarked"
                        + " org.slf4j.Logger acme.Main nulljar");
    }

    @Test
    void twoPluginsBundleTwoVersionsOfOneClass() {
        for (String id : List.of("p", "q")) {
            byte[] library = new PluginBuilder("lib", "1.0.0")
                    .source(
                            "shared.Lib",
                            "package shared; public class Lib { public static String v() { return \"" + id + "\"; } }")
                    .bytes();
            install(PluginBuilder.contributing(id, "1.0.0", """
                            to.action("v", (r, p, c) -> { try {
                                return ActionResult.message((String) Class.forName("shared.Lib").getMethod("v").invoke(null));
                            } catch (Exception e) { throw new IllegalStateException(e); } });
                            """).file("lib/lib.jar", library));
        }
        assertThat(act("v").message()).isEqualTo("p");
        assertThat(host.action("q", "v").run(Caller.RECORD, Map.of(), caller).message())
                .isEqualTo("q");
    }

    @Test
    void aCopyOfTheSdkInsideAPluginIsIgnored() {
        install(PluginBuilder.contributing(
                        "p", "1.0.0", "to.action(\"a\", (r, p, c) -> ActionResult.message(r.object()));")
                .source("dev.tenon.sdk.Extra", "package dev.tenon.sdk; public class Extra {}"));
        assertThat(act("a").message()).isEqualTo("o");
    }

    @Test
    void anUnloadedPluginLeavesNothingBehind() throws Exception {
        WeakReference<ClassLoader> loader = installAndForget();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(loader.get()).isNull();
    }

    private WeakReference<ClassLoader> installAndForget() {
        install(
                """
                to.action("fail", (r, p, c) -> { throw new Own(); });
                to.action("self", (r, p, c) -> { c.records().query(RecordQuery.of("o")); return ActionResult.message("x"); });
                """,
                "static class Own extends RuntimeException {}",
                "public void stop() { stopped = true; }",
                "static boolean stopped;");
        AtomicBoolean seen = new AtomicBoolean();
        ClassLoader[] found = new ClassLoader[1];
        failure(() -> {
            try {
                act("fail");
            } catch (PlatformException failure) {
                found[0] = failure.getCause().getClass().getClassLoader();
                seen.set(true);
                throw PluginError.FAILED.error().build();
            }
        });
        assertThat(seen).isTrue();
        act("self");
        WeakReference<ClassLoader> loader = new WeakReference<>(found[0]);
        host.remove("p");
        return loader;
    }

    @Test
    void upgradesUnderLoadFailNoCall() throws Exception {
        install("to.action(\"a\", (r, p, c) -> ActionResult.message(\"0\"));");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> callers = java.util.stream.IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                Caller own = new Caller();
                                while (!stop.get()) {
                                    host.action("p", "a").run(Caller.RECORD, Map.of(), own);
                                    calls.incrementAndGet();
                                }
                            },
                            threads))
                    .toList();
            for (int i = 1; i <= 8; i++) {
                install(PluginBuilder.contributing(
                        "p", "1.0." + i, "to.action(\"a\", (r, p, c) -> ActionResult.message(\"" + i + "\"));"));
            }
            stop.set(true);
            callers.forEach(CompletableFuture::join);
        }
        assertThat(act("a").message()).isEqualTo("8");
        assertThat(calls).hasPositiveValue();
    }
}
