package dev.tenon.script.internal;

import dev.tenon.script.ScriptSettings;
import dev.tenon.script.worker.WorkerMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts worker processes in a folder that only this user can enter. */
public final class WorkerProcesses implements AutoCloseable {

    private static final long ARCHIVE_MILLIS = 120_000;

    private final ScriptSettings settings;
    private final Path folder;
    private final String classPath;
    private final AtomicInteger counter = new AtomicInteger();

    WorkerProcesses(ScriptSettings settings) {
        this.settings = settings;
        try {
            // On POSIX systems a temporary directory is made with mode 0700: the sockets in it are private.
            folder = Files.createTempDirectory(
                    Files.createDirectories(settings.processes().folder()), "tenon-");
        } catch (IOException unwritable) {
            throw new UncheckedIOException("no folder for the sockets of the script workers", unwritable);
        }
        List<Path> jars = settings.processes().classPath().isEmpty()
                ? WorkerClassPath.derive(System.getProperty("java.class.path"))
                : settings.processes().classPath();
        classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    Worker start() throws IOException {
        Optional<Path> archive = settings.processes().classArchive().filter(Files::isReadable);
        return start(archive.map(file -> "-XX:SharedArchiveFile=" + file.toAbsolutePath()));
    }

    /** Starts a worker that ends after its warm-up and leaves its classes in a file. */
    public static void archiveClasses(ScriptSettings settings, Path file) throws IOException, InterruptedException {
        try (WorkerProcesses processes = new WorkerProcesses(settings)) {
            processes.archiveClasses(file);
        }
    }

    private void archiveClasses(Path file) throws IOException, InterruptedException {
        Path fresh = Files.createDirectories(file.toAbsolutePath().getParent())
                .resolve(file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Worker worker = start(Optional.of("-XX:ArchiveClassesAtExit=" + fresh));
            boolean warm = worker.awaitReady(ARCHIVE_MILLIS);
            worker.process().getOutputStream().close();
            boolean ended = warm && worker.process().waitFor(ARCHIVE_MILLIS, TimeUnit.MILLISECONDS);
            worker.kill(null);
            if (!ended || !Files.isReadable(fresh)) {
                throw new IOException("the worker left no classes: " + worker.said());
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Worker start(Optional<String> classes) throws IOException {
        Path socket = folder.resolve("w" + counter.incrementAndGet());
        List<String> command = new ArrayList<>(List.of(
                settings.processes().java().toString(),
                "-Xmx" + settings.processes().heapMegabytes() + "m",
                "-Xms" + settings.processes().heapMegabytes() / 4 + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:MaxMetaspaceSize=192m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                "-Xshare:auto",
                "-Xlog:cds*=off",
                "-Xlog:aot*=off",
                "-Djava.io.tmpdir=" + folder,
                "-Dpolyglot.engine.userResourceCache=" + folder.resolve("cache"),
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-cp",
                classPath,
                WorkerMain.class.getName(),
                socket.toString()));
        classes.ifPresent(option -> command.add(1, option));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The server's environment holds passwords and tokens; a worker needs none of it.
        builder.environment().clear();
        builder.environment().put("LANG", "C.UTF-8");
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        return new Worker(builder.start(), socket);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException left) {
            // Left to the operating system's own cleaning of temporary files.
        }
    }
}
