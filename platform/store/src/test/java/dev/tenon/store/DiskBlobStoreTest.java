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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
    void bytesWithoutAnybodyGoWhenTheyAreOldAndAreThereAgainWhenTheyAreKeptAgain() throws IOException {
        store().put("market", bytes("hello"), 5);
        Instant later = Instant.now().plusSeconds(60);
        assertThat(store().sweep("market", Instant.now().minusSeconds(60), hashes -> List.of()))
                .isZero();
        assertThat(store().sweep("market", later, hashes -> hashes)).isZero();
        assertThat(store().sweep("nobody", later, hashes -> List.of())).isZero();
        assertThat(store().sweep("market", later, hashes -> {
                    assertThat(hashes).containsExactly(HELLO);
                    return List.of();
                }))
                .isEqualTo(1);
        assertThat(store().open("market", HELLO)).isEmpty();
        store().put("market", bytes("hello"), 5);
        assertThat(store().open("market", HELLO)).isPresent();
    }

    @Test
    void bytesThatAreKeptAgainWhileTheyAreJudgedStay() throws IOException {
        store().put("market", bytes("hello"), 5);
        Path kept = files().getFirst();
        Instant before = Instant.now().minusSeconds(60);
        Files.setLastModifiedTime(kept, FileTime.from(before.minusSeconds(60)));
        assertThat(store().sweep("market", before, hashes -> {
                    store().put("market", bytes("hello"), 5);
                    return List.of();
                }))
                .isZero();
        assertThat(store().open("market", HELLO)).isPresent();
    }

    @Test
    void aSweepThatBrokeOffIsFinishedByTheNext() throws IOException {
        store().put("market", bytes("hello"), 5);
        Path kept = files().getFirst();
        Path leaving = Files.createDirectories(kept.getParent().resolveSibling("leaving"));
        Files.move(kept, leaving.resolve(HELLO));
        store().sweep("market", Instant.now().plusSeconds(60), hashes -> hashes);
        assertThat(store().open("market", HELLO)).as("still needed").isPresent();
        Files.move(kept, leaving.resolve(HELLO));
        store().sweep("market", Instant.now().plusSeconds(60), hashes -> List.of());
        assertThat(files()).isEmpty();
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
