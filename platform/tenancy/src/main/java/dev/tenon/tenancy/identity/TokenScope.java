package dev.tenon.tenancy.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a program may do with a personal access token, within what its person may do. */
public enum TokenScope {
    /** Read what is the person's to read. */
    READ,
    /** Change it. */
    WRITE,
    /** Administer the tenant, and the person's own sign-in: tokens, sessions, password. */
    ADMIN;

    /** As it is written in requests and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TokenScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }

    /** In alphabetical order, with blanks between. */
    public static String words(Collection<TokenScope> scopes) {
        return scopes.stream().map(TokenScope::word).sorted().collect(Collectors.joining(" "));
    }

    /** What {@link #words} has written. */
    public static Set<TokenScope> parse(String words) {
        Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
        for (String word : words.split(" ", -1)) {
            of(word).ifPresent(scopes::add);
        }
        return scopes;
    }
}
