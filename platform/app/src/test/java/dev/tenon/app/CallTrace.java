package dev.tenon.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Which methods were really called, in the order of their beginnings: told by the JVM itself, nothing is wrapped. */
record CallTrace(List<Call> calls) {

    /** @param thread on which it was called */
    record Call(String type, String method, long thread) {}

    /**
     * @param methods as {@code package.Type::method}; whole types would do too, but the JVM's instrumentation of
     *     constructors breaks some records
     * @param work what to watch; it must not return before the last interesting method has returned
     */
    static CallTrace of(Set<String> methods, Runnable work) {
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.MethodTrace")
                    .with("filter", String.join(";", methods))
                    .withoutThreshold()
                    .withoutStackTrace();
            recording.start();
            work.run();
            recording.stop();
            Path file = Files.createTempFile("calls", ".jfr");
            try {
                recording.dump(file);
                return new CallTrace(RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals("jdk.MethodTrace"))
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime)
                                // An outer call begins no later than the ones inside of it, and ends after them.
                                .thenComparing(RecordedEvent::getEndTime, Comparator.reverseOrder()))
                        .map(CallTrace::call)
                        .toList());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call call(RecordedEvent event) {
        RecordedMethod method = event.getValue("method");
        return new Call(
                method.getType().getName(), method.getName(), event.getThread().getJavaThreadId());
    }

    /** The calls on the thread that first called the method. */
    CallTrace ofThreadThatCalled(Set<String> types, String method) {
        long thread = calls.stream()
                .filter(call -> types.contains(call.type()) && call.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " of " + types + " was not called"))
                .thread();
        return new CallTrace(
                calls.stream().filter(call -> call.thread() == thread).toList());
    }
}
