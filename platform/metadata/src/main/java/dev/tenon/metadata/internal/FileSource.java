package dev.tenon.metadata.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.ErrorSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Gets the files of a package from wherever they are, within limits, with paths that stay inside the package. */
public final class FileSource {

    /** A product of a thousand objects fits; a mistake or an attack does not. */
    static final int MAX_FILES = 5_000;

    /** Larger definitions or scripts are not written by hand; seed data is split. */
    static final int MAX_FILE_BYTES = 2 * 1024 * 1024;

    static final int MAX_TOTAL_BYTES = 50 * 1024 * 1024;

    private static final String PACKAGE_FILE = "package.yaml";

    private FileSource() {}

    /** The files as they are, when their number, sizes and paths are acceptable. */
    public static Checked<Map<String, byte[]>> checked(Map<String, byte[]> files) {
        List<Problem> problems = new ArrayList<>();
        long total = 0;
        if (files.size() > MAX_FILES) {
            problems.add(problem("", MetadataError.TOO_MANY_FILES, Map.of("max", MAX_FILES)));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!isSafe(file.getKey())) {
                problems.add(problem(file.getKey(), MetadataError.PATH_UNSAFE, Map.of("path", file.getKey())));
            }
            if (file.getValue().length > MAX_FILE_BYTES) {
                problems.add(tooLarge(file.getKey()));
            }
            total += file.getValue().length;
        }
        if (total > MAX_TOTAL_BYTES) {
            problems.add(packageTooLarge());
        }
        return Checked.of(problems, () -> new TreeMap<>(files));
    }

    /** The files of a folder; hidden ones and {@code node_modules} left out, links refused. */
    public static Checked<Map<String, byte[]>> folder(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        long[] total = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    String name = String.valueOf(dir.getFileName());
                    boolean skipped = !dir.equals(folder) && (name.startsWith(".") || name.equals("node_modules"));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (String.valueOf(file.getFileName()).startsWith(".")) {
                        return FileVisitResult.CONTINUE;
                    }
                    String path = folder.relativize(file).toString().replace('\\', '/');
                    total[0] += attributes.size();
                    if (!attributes.isRegularFile()) {
                        problems.add(problem(path, MetadataError.PATH_UNSAFE, Map.of("path", path)));
                    } else if (attributes.size() > MAX_FILE_BYTES) {
                        problems.add(tooLarge(path));
                    } else if (files.size() >= MAX_FILES || total[0] > MAX_TOTAL_BYTES) {
                        problems.add(
                                files.size() >= MAX_FILES
                                        ? problem("", MetadataError.TOO_MANY_FILES, Map.of("max", MAX_FILES))
                                        : packageTooLarge());
                        return FileVisitResult.TERMINATE;
                    } else {
                        files.put(path, Files.readAllBytes(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            problems.add(problem(
                    String.valueOf(folder.getFileName()),
                    MetadataError.FILE_UNREADABLE,
                    Map.of("message", String.valueOf(e.getMessage()))));
        }
        return Checked.<Map<String, byte[]>>of(problems, () -> files).then(FileSource::checked);
    }

    /** The files of a zip archive. Sizes are counted while reading, whatever the archive claims. */
    public static Checked<Map<String, byte[]>> zip(InputStream in) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        long total = 0;
        int entries = 0;
        try {
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String path = entry.getName();
                if (++entries > MAX_FILES * 2) {
                    return new Checked.Bad<>(
                            List.of(problem("", MetadataError.TOO_MANY_FILES, Map.of("max", MAX_FILES))));
                }
                if (entry.isDirectory() || isHidden(path)) {
                    continue;
                }
                if (!isSafe(path) || files.containsKey(path)) {
                    problems.add(problem(path, MetadataError.PATH_UNSAFE, Map.of("path", path)));
                    continue;
                }
                byte[] content = zip.readNBytes(MAX_FILE_BYTES + 1);
                total += content.length;
                if (content.length > MAX_FILE_BYTES) {
                    // The rest of a bomb is never inflated.
                    problems.add(tooLarge(path));
                    return new Checked.Bad<>(problems);
                }
                if (total > MAX_TOTAL_BYTES) {
                    problems.add(packageTooLarge());
                    return new Checked.Bad<>(problems);
                }
                files.put(path, content);
            }
        } catch (ZipException e) {
            problems.add(broken(e));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(broken(e));
        }
        if (entries == 0 && problems.isEmpty()) {
            problems.add(problem("", MetadataError.ARCHIVE_BROKEN, Map.of("message", "no entries")));
        }
        return Checked.of(problems, () -> withoutTopFolder(files)).then(FileSource::checked);
    }

    private static Map<String, byte[]> withoutTopFolder(Map<String, byte[]> files) {
        if (files.containsKey(PACKAGE_FILE)) {
            return files;
        }
        List<String> tops = files.keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/') + 1))
                .distinct()
                .toList();
        if (tops.size() != 1 || tops.getFirst().isEmpty()) {
            return files;
        }
        Map<String, byte[]> stripped = new LinkedHashMap<>();
        files.forEach(
                (path, content) -> stripped.put(path.substring(tops.getFirst().length()), content));
        return stripped;
    }

    /** Relative, forward slashes, no way out. */
    static boolean isSafe(String path) {
        if (path.isEmpty() || path.length() > 300 || path.startsWith("/") || path.indexOf('\\') >= 0) {
            return false;
        }
        if (path.indexOf(':') >= 0 || path.chars().anyMatch(c -> c < ' ')) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHidden(String path) {
        for (String part : path.split("/", -1)) {
            if ((part.startsWith(".") && !part.equals("..") && !part.equals(".")) || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    private static Problem tooLarge(String path) {
        return problem(path, MetadataError.FILE_TOO_LARGE, Map.of("path", path, "maxKilobytes", MAX_FILE_BYTES / 1024));
    }

    private static Problem packageTooLarge() {
        return problem("", MetadataError.PACKAGE_TOO_LARGE, Map.of("maxKilobytes", MAX_TOTAL_BYTES / 1024));
    }

    private static Problem broken(Exception e) {
        return problem("", MetadataError.ARCHIVE_BROKEN, Map.of("message", String.valueOf(e.getMessage())));
    }

    private static Problem problem(String path, MetadataError code, Map<String, Object> args) {
        return Problem.at(new ErrorSource("package", path, 0, 0), code, args);
    }
}
