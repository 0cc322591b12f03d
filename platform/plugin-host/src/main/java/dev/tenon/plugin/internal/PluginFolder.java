package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginError;
import dev.tenon.plugin.PluginManifest;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The installed jars on disk. A file's name holds id, version and content, so that two builds never overwrite. */
public final class PluginFolder {

    private final Path folder;

    public PluginFolder(Path folder) {
        this.folder = folder;
    }

    /** Installed jars, newest first: after a crash in the middle of an upgrade the newer one is tried first. */
    public List<Path> jars() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                        .sorted(Comparator.comparingLong(PluginFolder::modified)
                                .reversed()
                                .thenComparing(Path::compareTo))
                        .toList();
            }
        } catch (IOException unreadable) {
            throw storage(unreadable);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Copies a verified jar into the folder; the copy is complete or not there. */
    public Path add(Path jar, PluginManifest manifest) {
        try {
            Files.createDirectories(folder);
            Path target = folder.resolve(
                    manifest.id() + "-" + manifest.version() + "-" + hash(jar).substring(0, 12) + ".jar");
            if (!target.equals(jar.toAbsolutePath().normalize())) {
                Path partial = Files.createTempFile(folder, "upload-", ".part");
                try {
                    Files.copy(jar, partial, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(partial);
                }
            }
            return target;
        } catch (IOException unwritable) {
            throw storage(unwritable);
        }
    }

    public void delete(Path jar) {
        try {
            Files.deleteIfExists(jar);
        } catch (IOException unwritable) {
            throw storage(unwritable);
        }
    }

    private static String hash(Path jar) throws IOException {
        try (DigestInputStream content =
                new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** An unreadable folder is told like an unwritable one: somebody has to look at the disk. */
    public static PlatformException storage(IOException reason) {
        return PluginError.STORAGE
                .error()
                .with("reason", reason.getMessage())
                .causedBy(reason)
                .build();
    }
}
