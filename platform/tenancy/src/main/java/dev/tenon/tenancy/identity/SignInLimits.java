package dev.tenon.tenancy.identity;

import java.time.Duration;

/**
 * How far tenants may go in what they set about signing in.
 *
 * @param idle longest time a session may be left unused
 * @param longest longest time from a sign-in to the next
 * @param tokenDays longest life of a personal access token
 * @param addressFailures wrong passwords from one address before it has to wait
 */
public record SignInLimits(Duration idle, Duration longest, int tokenDays, int addressFailures) {

    public static final SignInLimits STANDARD = new SignInLimits(Duration.ofHours(12), Duration.ofDays(30), 365, 50);

    public SignInLimits {
        if (idle.compareTo(SignInPolicy.LEAST_IDLE) < 0
                || longest.compareTo(idle) < 0
                || tokenDays < 1
                || addressFailures < 5) {
            throw new IllegalArgumentException(
                    "limits of sign-ins: idle at least " + SignInPolicy.LEAST_IDLE.toMinutes()
                            + " minutes, longest not below idle, token days at least 1, address failures at least 5");
        }
    }
}
