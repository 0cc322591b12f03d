package dev.tenon.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The unpacked distribution, trained once for all tests on it. */
final class Distribution {

    static final Path HOME = Path.of(System.getProperty("tenon.distribution"));

    private Distribution() {}

    /** The launcher after a training that succeeded. */
    static ProcessBuilder trained(String... arguments) {
        if (Training.EXIT_CODE != 0) {
            throw new AssertionError("the training failed: " + Training.OUTPUT);
        }
        return launcher(arguments);
    }

    private static ProcessBuilder launcher(String... arguments) {
        List<String> line = new ArrayList<>(List.of(HOME.resolve("bin/tenon").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder launcher = new ProcessBuilder(line);
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return launcher;
    }

    /** Happens when the first test needs it. */
    private static final class Training {
        private static final String OUTPUT;
        private static final int EXIT_CODE;

        static {
            try {
                Process training = launcher("train").redirectErrorStream(true).start();
                OUTPUT = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                EXIT_CODE = training.waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
