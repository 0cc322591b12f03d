package dev.tenon.store;

import dev.tenon.records.port.BlobStore;
import dev.tenon.store.internal.SqlFaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * Files under a folder, one folder for each tenant, each file under the SHA-256 of its bytes. Safe for use by several
 * threads and processes: a file appears complete or not at all, and is on the disk when {@link #put} returns.
 */
public final class DiskBlobStore implements BlobStore {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;

    private final Path folder;

    /** @param folder is made when it is missing */
    public DiskBlobStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Stored put(String tenant, InputStream content, long maxBytes) {
        Path unfinished = null;
        try {
            Path incoming = Files.createDirectories(tenantFolder(tenant).resolve("incoming"));
            unfinished = Files.createTempFile(incoming, "upload", null);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = copy(content, unfinished, digest, maxBytes);
            String hash = HexFormat.of().formatHex(digest.digest());
            Path kept = file(tenant, hash);
            if (!BlobSweep.touch(kept)) {
                Path level = Files.createDirectories(level(tenant, hash));
                moveOnce(unfinished, kept);
                settle(level);
            }
            return new Stored(hash, size);
        } catch (IOException e) {
            throw failure(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } finally {
            remove(unfinished);
        }
    }

    private static long copy(InputStream content, Path to, MessageDigest digest, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw StoreError.FILE_TOO_LARGE
                            .error()
                            .with("maxBytes", maxBytes)
                            .build();
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            // Its row will be as durable as the database; a power cut must not leave the row without its bytes.
            file.force(true);
        }
        return size;
    }

    private static void moveOnce(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Somebody else kept the same bytes at the same moment.
            Files.deleteIfExists(from);
        }
    }

    /** Makes the names in a folder durable where the operating system lets folders be opened; Windows does it itself. */
    private static void settle(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static void remove(@org.jspecify.annotations.Nullable Path unfinished) {
        if (unfinished != null) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                System.getLogger(DiskBlobStore.class.getName())
                        .log(System.Logger.Level.WARNING, "a temporary file stays behind: " + unfinished, e);
            }
        }
    }

    @Override
    public Optional<InputStream> open(String tenant, String hash) {
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.newInputStream(file(tenant, hash)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public int sweep(String tenant, Instant before, UnaryOperator<List<String>> referenced) {
        try {
            return new BlobSweep(tenantFolder(tenant), hash -> file(tenant, hash), before, referenced).run();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void removeTenant(String tenant) {
        try {
            FileSystemUtils.deleteRecursively(tenantFolder(tenant));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Two levels, so that no folder gets too full. */
    private Path file(String tenant, String hash) {
        return level(tenant, hash).resolve(hash);
    }

    private Path level(String tenant, String hash) {
        return tenantFolder(tenant).resolve(hash.substring(0, 2));
    }

    private Path tenantFolder(String tenant) {
        return folder.resolve(TenantSchemas.nameOf(tenant));
    }

    private RuntimeException failure(IOException cause) {
        StoreError code = SqlFaults.diskIsFull(cause) ? StoreError.DISK_FULL : StoreError.FILE_FAILURE;
        return code.error()
                .with("folder", folder)
                .with("reason", String.valueOf(cause.getMessage()))
                .causedBy(cause)
                .build();
    }
}
