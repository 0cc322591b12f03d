package dev.tenon.approval.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandCheckTest {

    @Test
    void whatPeopleWriteIsTaken() {
        assertThatCode(() -> CommandRunner.check("0190-a", null)).doesNotThrowAnyException();
        assertThatCode(() -> CommandRunner.check("0190-a", "同意 👍\nsecond line\t…"))
                .doesNotThrowAnyException();
        assertThatCode(() -> CommandRunner.check("0190-a", "x".repeat(4000))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ok, approval.command-id-invalid",
        "a b, ok, approval.command-id-invalid",
        "id, 'a\u0000b', records.character-not-allowed",
        "id, 'half \ud83d', records.character-not-allowed",
    })
    void whatNoDatabaseKeepsIsRefused(String commandId, String comment, String code) {
        PlatformException refused =
                catchThrowableOfType(PlatformException.class, () -> CommandRunner.check(commandId, comment));
        assertThat(refused.code().id()).isEqualTo(code);
        if (code.startsWith("records")) {
            assertThat(refused.details().getFirst().pointer()).isEqualTo("/comment");
        }
    }

    @Test
    void aCommentHasAnEnd() {
        PlatformException refused =
                catchThrowableOfType(PlatformException.class, () -> CommandRunner.check("id", "x".repeat(100_000)));
        assertThat(refused.code().id()).isEqualTo("approval.comment-too-long");
    }
}
