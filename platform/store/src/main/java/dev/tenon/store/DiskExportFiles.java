package dev.tenon.store;

import dev.tenon.automation.port.ExportFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** Files of exports under a folder, one folder for each tenant. Safe for use by several threads and processes. */
public final class DiskExportFiles implements ExportFiles {

    private final Path folder;

    /** @param folder is made when it is missing */
    public DiskExportFiles(Path folder) {
        this.folder = folder;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T on(Work<T> work) {
        try {
            return work.run();
        } catch (IOException fault) {
            throw StoreError.FILE_FAILURE
                    .error()
                    .with("folder", folder)
                    .with("reason", String.valueOf(fault.getMessage()))
                    .causedBy(fault)
                    .build();
        }
    }

    private Path file(String tenant, UUID id, String kind) {
        return folder.resolve(TenantSchemas.nameOf(tenant)).resolve(id + kind);
    }

    private Path rowFile(String tenant, UUID id) {
        return file(tenant, id, ".rows");
    }

    private Path finished(String tenant, UUID id) {
        return file(tenant, id, ".file");
    }

    @Override
    public Optional<OutputStream> append(String tenant, UUID id, long at) {
        return on(() -> {
            Path file = rowFile(tenant, id);
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() < at) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(at);
            channel.position(at);
            return Optional.of(Channels.newOutputStream(channel));
        });
    }

    @Override
    public InputStream rows(String tenant, UUID id) {
        return on(() -> Files.newInputStream(rowFile(tenant, id)));
    }

    @Override
    public OutputStream finish(String tenant, UUID id) {
        return on(() -> Files.newOutputStream(finished(tenant, id)));
    }

    @Override
    public Optional<InputStream> open(String tenant, UUID id) {
        return on(() -> {
            try {
                return Optional.of(Files.newInputStream(finished(tenant, id)));
            } catch (NoSuchFileException gone) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void removeRows(String tenant, UUID id) {
        on(() -> Files.deleteIfExists(rowFile(tenant, id)));
    }

    @Override
    public void remove(String tenant, UUID id) {
        removeRows(tenant, id);
        on(() -> Files.deleteIfExists(finished(tenant, id)));
    }

    @Override
    public void removeTenant(String tenant) {
        on(() -> FileSystemUtils.deleteRecursively(folder.resolve(TenantSchemas.nameOf(tenant))));
    }
}
