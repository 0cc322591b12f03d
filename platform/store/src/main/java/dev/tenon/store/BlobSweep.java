package dev.tenon.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way through a tenant's folder that removes what nothing refers to. Whoever keeps bytes that are there already
 * renews the file's time; so a file goes in two steps: it is moved aside, and only if it was not renewed until then it
 * is removed. A way that broke off is finished by the next one.
 */
final class BlobSweep {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int AT_ONCE = 500;

    private final Path folder;
    private final Function<String, Path> place;
    private final Instant before;
    private final UnaryOperator<List<String>> referenced;
    private int removed;

    BlobSweep(Path folder, Function<String, Path> place, Instant before, UnaryOperator<List<String>> referenced) {
        this.folder = folder;
        this.place = place;
        this.before = before;
        this.referenced = referenced;
    }

    /** Renews the time of a file; false where there is none. */
    static boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    int run() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Path leaving = Files.createDirectories(folder.resolve("leaving"));
        unfinished(folder.resolve("incoming"));
        judge(files(leaving));
        for (Path level : files(folder)) {
            if (level.getFileName().toString().length() == 2) {
                judge(files(level).stream().filter(this::old).toList());
            }
        }
        return removed;
    }

    /** Uploads that broke off. */
    private void unfinished(Path incoming) throws IOException {
        for (Path file : files(incoming)) {
            if (old(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void judge(List<Path> files) throws IOException {
        for (int from = 0; from < files.size(); from += AT_ONCE) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + AT_ONCE));
            List<String> hashes = some.stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> HASH.matcher(name).matches())
                    .toList();
            Set<String> needed = new HashSet<>(referenced.apply(hashes));
            for (String hash : hashes) {
                remove(hash, needed.contains(hash));
            }
        }
    }

    private void remove(String hash, boolean needed) throws IOException {
        Path kept = place.apply(hash);
        Path aside = folder.resolve("leaving").resolve(hash);
        if (needed && !Files.exists(aside)) {
            return;
        }
        if (!needed) {
            move(kept, aside);
        }
        if (needed || !old(aside)) {
            move(aside, kept);
        } else if (Files.deleteIfExists(aside)) {
            removed++;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException goneAlready) {
            // Another node was here, or a broken way had moved it before.
        }
    }

    private boolean old(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
