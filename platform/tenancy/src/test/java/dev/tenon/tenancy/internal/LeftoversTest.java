package dev.tenon.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Set<String> left = new HashSet<>();
    private final List<String> tried = new ArrayList<>();
    private boolean free = true;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    private final Leftovers leftovers = new Leftovers(
            () -> left,
            tenant -> {
                if (free) {
                    tried.add(tenant);
                }
                return free;
            },
            PAUSE,
            () -> now);

    private int attemptsIn(int looks) {
        int before = tried.size();
        for (int i = 0; i < looks; i++) {
            leftovers.look();
            now = now.plus(PAUSE);
        }
        return tried.size() - before;
    }

    @Test
    void whatIsSeenForTheFirstTimeIsLeftAlone() {
        left.add("market");
        assertThat(attemptsIn(1)).isZero();
        left.clear();
        assertThat(attemptsIn(1)).isZero();
        left.add("market");
        assertThat(attemptsIn(1)).isZero();
        assertThat(attemptsIn(1)).isOne();
    }

    @Test
    void whatCannotBeEndedIsTriedLessAndLessButForEver() {
        left.add("market");
        assertThat(attemptsIn(12)).isEqualTo(3);
        attemptsIn(1_000);
        assertThat(attemptsIn(240)).isEqualTo(2);
    }

    @Test
    void whereSomebodyIsAtItTheNextLookComesSoon() {
        left.add("market");
        free = false;
        assertThat(attemptsIn(10)).isZero();
        free = true;
        assertThat(attemptsIn(1)).isOne();
    }

    @Test
    void oneTenantDoesNotKeepAnotherWaiting() {
        left.add("market");
        attemptsIn(4);
        left.add("plant");
        attemptsIn(2);
        assertThat(tried).containsOnlyOnce("plant");
    }
}
