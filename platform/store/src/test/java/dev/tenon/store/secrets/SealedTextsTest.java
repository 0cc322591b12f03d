package dev.tenon.store.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.StoreError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealing with the operator's keys, and what happens without them. */
class SealedTextsTest {

    @TempDir
    private Path folder;

    private static String key(String id, int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private static SealedTexts sealing(String... keys) {
        return new SealedTexts(SealingKeys.of(List.of(keys)));
    }

    private static void refused(StoreError code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aTextOpensOnlyWhereItWasSealed() {
        SealedTexts texts = sealing(key("a", 1));
        String sealed = texts.seal("signing-key/1", "秘密 secret");

        assertThat(sealed).doesNotContain("secret").isNotEqualTo(texts.seal("signing-key/1", "秘密 secret"));
        assertThat(texts.open("signing-key/1", sealed)).isEqualTo("秘密 secret");
        refused(StoreError.SECRET_DAMAGED, () -> texts.open("signing-key/2", sealed));
        refused(StoreError.SECRET_DAMAGED, () -> texts.open("signing-key/1", sealed.substring(0, sealed.length() - 3)));
        refused(StoreError.SECRET_DAMAGED, () -> texts.open("signing-key/1", "plain"));
    }

    @Test
    void anOldKeyOpensAndTheNewOneSeals() {
        String old = sealing(key("a", 1)).seal("p", "secret");
        SealedTexts both = sealing(key("b", 2), key("a", 1));

        assertThat(both.open("p", old)).isEqualTo("secret");
        assertThat(both.isCurrent(old)).isFalse();
        assertThat(both.isCurrent(both.seal("p", "secret"))).isTrue();
        refused(StoreError.ENCRYPTION_KEY_MISSING, () -> sealing(key("b", 2)).open("p", old));
        refused(StoreError.SECRET_DAMAGED, () -> sealing(key("a", 3)).open("p", old));
    }

    @Test
    void aKeyFileIsMadeForItsOwnerAndReadAgain() throws IOException {
        Path file = folder.resolve("keys/master.keys");
        String sealed = new SealedTexts(SealingKeys.inFile(file)).seal("p", "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new SealedTexts(SealingKeys.inFile(file)).open("p", sealed)).isEqualTo("secret");
    }

    @Test
    void keysThatAreNoneAreRefusedWithoutBeingTold() {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("no colon"),
                List.of("a:c2hvcnQ="),
                List.of("a:***"),
                List.of(key("a", 1), key("a", 2)))) {
            assertThatThrownBy(() -> SealingKeys.of(wrong)).isInstanceOfSatisfying(PlatformException.class, e -> {
                assertThat(e.code()).isEqualTo(StoreError.ENCRYPTION_KEYS_INVALID);
                assertThat(e.getMessage()).doesNotContain("c2hvcnQ");
            });
        }
    }
}
