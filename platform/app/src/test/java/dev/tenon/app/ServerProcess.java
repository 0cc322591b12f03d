package dev.tenon.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The distribution's program, with what it prints. */
final class ServerProcess implements AutoCloseable {

    private static final long LONGEST_SECONDS = 120;

    /** A short life, in the language and the letters that the tests expect. */
    private static final String JVM =
            "-Xmx512m -XX:TieredStopAtLevel=1 -Duser.language=en" + " -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8";

    private final Process process;
    private final BufferedReader reader;
    private final List<String> lines = new ArrayList<>();

    private ServerProcess(Process process) {
        this.process = process;
        this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ServerProcess start(String... arguments) throws IOException {
        ProcessBuilder program = Distribution.trained(arguments);
        program.environment().put("TENON_JAVA_OPTS", JVM);
        return new ServerProcess(program.redirectErrorStream(true).start());
    }

    /** Reads on until a line contains the text; the line. */
    String await(String text) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the program ended without saying \"" + text + "\":\n" + output());
    }

    /** Waits for the end; the exit code. */
    int exitCode() throws IOException, InterruptedException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end:\n" + output());
        }
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
