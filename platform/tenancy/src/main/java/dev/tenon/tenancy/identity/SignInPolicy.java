package dev.tenon.tenancy.identity;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant demands of sign-ins: its settings, kept within what is safe and what the operator allows, so that no value
 * that somebody can set opens more than these limits.
 *
 * @param passwordAge after which a password has to be changed; zero for never
 * @param factorSets permission sets whose holders need a second factor
 */
public record SignInPolicy(
        int passwordLength,
        int passwordHistory,
        Duration passwordAge,
        boolean factorForAll,
        Set<String> factorSets,
        Duration idle,
        Duration longest,
        int tokenDays,
        Duration invitation) {

    public static final String PASSWORD_LENGTH = "sys__passwordLength";
    public static final String PASSWORD_HISTORY = "sys__passwordHistory";
    public static final String PASSWORD_AGE = "sys__passwordMaxDays";
    public static final String FACTOR = "sys__secondFactor";
    public static final String FACTOR_SETS = "sys__secondFactorSets";
    public static final String IDLE = "sys__sessionIdleMinutes";
    public static final String LONGEST = "sys__sessionMaxHours";
    public static final String TOKEN_DAYS = "sys__tokenMaxDays";
    public static final String INVITATION = "sys__invitationHours";

    static final int LEAST_PASSWORD = 8;
    static final int MOST_PASSWORD = 64;
    static final Duration LEAST_IDLE = Duration.ofMinutes(5);

    private static final int MOST_HISTORY = 24;
    private static final int MOST_AGE_DAYS = 3_650;
    private static final int INVITATION_HOURS = 72;
    private static final int MOST_INVITATION_HOURS = 30 * 24;

    public SignInPolicy {
        factorSets = Set.copyOf(factorSets);
    }

    public static SignInPolicy of(Model model, SignInLimits limits) {
        Duration longest = Duration.ofHours(number(
                model, LONGEST, limits.longest().toHours(), 1, limits.longest().toHours()));
        Duration idle = Duration.ofMinutes(number(
                model,
                IDLE,
                limits.idle().toMinutes(),
                LEAST_IDLE.toMinutes(),
                limits.idle().toMinutes()));
        return new SignInPolicy(
                (int) number(model, PASSWORD_LENGTH, LEAST_PASSWORD, LEAST_PASSWORD, MOST_PASSWORD),
                (int) number(model, PASSWORD_HISTORY, 0, 0, MOST_HISTORY),
                Duration.ofDays(number(model, PASSWORD_AGE, 0, 0, MOST_AGE_DAYS)),
                Boolean.TRUE.equals(value(model, FACTOR)),
                names(model),
                idle.compareTo(longest) <= 0 ? idle : longest,
                longest,
                (int) number(model, TOKEN_DAYS, limits.tokenDays(), 1, limits.tokenDays()),
                Duration.ofHours(number(model, INVITATION, INVITATION_HOURS, 1, MOST_INVITATION_HOURS)));
    }

    /** Whether somebody with these permission sets needs a second factor. */
    public boolean demandsFactor(Set<String> permissionSets) {
        return factorForAll || permissionSets.stream().anyMatch(factorSets::contains);
    }

    private static Set<String> names(Model model) {
        return value(model, FACTOR_SETS) instanceof String text
                ? Arrays.stream(text.split("[,;，；\\s]+", -1))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static long number(Model model, String setting, long otherwise, long least, long most) {
        return value(model, setting) instanceof Number set ? Math.clamp(set.longValue(), least, most) : otherwise;
    }

    private static @Nullable Object value(Model model, String name) {
        Setting setting = model.settings().get(name);
        return setting == null ? null : setting.value();
    }
}
