package dev.tenon.records.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageSizeTest {

    private final PageSize size = new PageSize();

    /** Each page takes so long for a record. */
    private void pages(int count, Duration each) {
        for (int i = 0; i < count; i++) {
            size.took(each.toNanos() * size.size());
        }
    }

    @Test
    void cheapRecordsAreTakenTogetherUpToALimit() {
        pages(20, Duration.ofNanos(30_000));
        assertThat(size.size()).isEqualTo(2_000);
        pages(20, Duration.ofNanos(1_000));
        assertThat(size.size()).isEqualTo(2_000);
    }

    @Test
    void aPageThatTookTooLongIsFollowedByOneThatDoesNot() {
        pages(10, Duration.ofNanos(20_000));
        pages(1, Duration.ofMillis(1));
        assertThat(Duration.ofMillis(size.size())).isLessThanOrEqualTo(Duration.ofMillis(200));
        pages(5, Duration.ofMillis(20));
        assertThat(size.size()).isEqualTo(20);
    }
}
