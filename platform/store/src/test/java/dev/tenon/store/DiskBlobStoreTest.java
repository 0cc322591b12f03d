package dev.tenon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.records.port.BlobStore;
import dev.tenon.sdk.error.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private BlobStore store() {
        return new DiskBlobStore(folder.resolve("files"));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesAreFoundByTheirHash() throws IOException {
        BlobStore.Stored stored = store().put("market", bytes("hello"), 5);
        assertThat(stored).isEqualTo(new BlobStore.Stored(HELLO, 5));
        try (InputStream content = store().open("market", HELLO).orElseThrow()) {
            assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        }
    }

    @Test
    void tenantsDoNotSeeEachOthersFiles() {
        store().put("market", bytes("hello"), 5);
        assertThat(store().open("standard", HELLO)).isEmpty();
    }

    @Test
    void aTenantsFilesGoWithItAndNobodyElses() throws IOException {
        store().put("market", bytes("hello"), 5);
        store().put("standard", bytes("hello"), 5);
        store().removeTenant("market");
        store().removeTenant("market");
        assertThat(store().open("market", HELLO)).isEmpty();
        assertThat(store().open("standard", HELLO)).isPresent();
        assertThat(files()).hasSize(1);
    }

    @Test
    void theSameBytesAreKeptOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            store().put("market", bytes("hello"), 100);
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void whatIsTooLargeLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> store().put("market", bytes("hello"), 4))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(StoreError.FILE_TOO_LARGE);
                    assertThat(e.args()).containsEntry("maxBytes", 4L);
                });
        assertThat(files()).isEmpty();
    }

    @Test
    void aHashThatIsNoneLeadsNowhere() {
        assertThat(store().open("market", "../../etc/passwd")).isEmpty();
        assertThat(store().open("market", "0".repeat(64))).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
