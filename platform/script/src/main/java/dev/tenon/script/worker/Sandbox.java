package dev.tenon.script.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/** Makes contexts in which a script can compute and nothing else. One engine, so that parsed sources are shared. */
final class Sandbox {

    /** Deeper recursion is an error of the script; bounded by count because a stack overflow can poison the VM. */
    static final int MAX_FRAMES = 200;

    private final Engine engine;
    private final Source prelude;

    Sandbox() {
        engine = Engine.newBuilder("js")
                .allowExperimentalOptions(true)
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .in(InputStream.nullInputStream())
                .build();
        try (InputStream text = Sandbox.class.getResourceAsStream("prelude.js")) {
            if (text == null) {
                throw new IllegalStateException("prelude.js is missing from the class path");
            }
            prelude = Source.newBuilder("js", new String(text.readAllBytes(), StandardCharsets.UTF_8), "tenon:prelude")
                    .internal(true)
                    .buildLiteral();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Source prelude() {
        return prelude;
    }

    Context open(ModuleFiles files) {
        return Context.newBuilder("js")
                .engine(engine)
                .allowHostAccess(HostAccess.CONSTRAINED)
                .allowHostClassLookup(name -> false)
                .allowHostClassLoading(false)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowNativeAccess(false)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowInnerContextOptions(false)
                .allowValueSharing(false)
                .allowIO(IOAccess.newBuilder().fileSystem(files).build())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .in(InputStream.nullInputStream())
                .timeZone(ZoneOffset.UTC)
                .allowExperimentalOptions(true)
                // Giant integers and atomics cannot be interrupted; the rest leads out of the sandbox or to new code.
                .option("js.bigint", "false")
                .option("js.load", "false")
                .option("js.graal-builtin", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.polyglot-evalfile", "false")
                .option("js.java-package-globals", "false")
                .option("js.shared-array-buffer", "false")
                .option("js.atomics", "false")
                .option("js.allow-eval", "false")
                .option("js.regexp-static-result", "false")
                .option("js.webassembly", "false")
                .option("js.worker", "false")
                .option("js.global-arguments", "false")
                .option("js.esm-eval-returns-exports", "true")
                .option("js.string-length-limit", "8000000")
                .option("js.max-typed-array-length", "8000000")
                .option("js.max-apply-argument-length", "10000")
                .option("js.function-arguments-limit", "10000")
                .option("js.stack-trace-limit", "20")
                .option("sandbox.MaxStackFrames", Integer.toString(MAX_FRAMES))
                .option("sandbox.MaxOutputStreamSize", "64KB")
                .option("sandbox.MaxErrorStreamSize", "64KB")
                .build();
    }

    static Source entry(String file) {
        String literal = dev.tenon.script.wire.Wire.JSON.writeValueAsString("/" + file);
        return Source.newBuilder("js", "export * from " + literal + ";", "tenon:entry.mjs")
                .mimeType("application/javascript+module")
                .buildLiteral();
    }
}
