package dev.tenon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of this machine that data is kept in; it is there and can be written. */
public record DataFolder(Path path) {

    /**
     * Makes the folder when it is missing.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code store.folder-unwritable}
     */
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "probe", null));
        } catch (IOException e) {
            throw StoreError.FOLDER_UNWRITABLE
                    .error()
                    .with("folder", folder)
                    .causedBy(e)
                    .build();
        }
        return new DataFolder(folder);
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }
}
