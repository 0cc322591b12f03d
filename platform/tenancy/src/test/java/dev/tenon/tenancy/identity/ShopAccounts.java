package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.MarkedSealing;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts of a small tenant, with a clock and an address that tests set. */
final class ShopAccounts {

    static final String TENANT = "shop";
    static final String RIGHT = "correct horse";
    static final String ADMINISTRATOR = "sys__administrator";

    final InMemoryIdentityStore store = new InMemoryIdentityStore();
    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model(TENANT));
    Instant now = Instant.parse("2026-05-04T10:00:00Z");
    String address = "";
    final Accounts accounts = new Accounts(
            store.stores(),
            new Plain(),
            door.records(),
            t -> door.model(),
            new MarkedSealing().of("test"),
            SignInLimits.STANDARD,
            () -> address,
            () -> now);
    final Users users = accounts.users();

    /** Hashing is the web room's; here only that it is used. */
    private static final class Plain implements PasswordHasher {
        @Override
        public String hash(String password) {
            return "#" + password;
        }

        @Override
        public boolean matches(String password, String hash) {
            return hash.equals("#" + password) || hash.equals("old:" + password);
        }

        @Override
        public boolean outdated(String hash) {
            return hash.startsWith("old:");
        }
    }

    UserAccount create(String login, Set<String> sets) {
        return create(login, RIGHT, sets);
    }

    UserAccount create(String login, @Nullable String password, Set<String> sets) {
        return users.create(
                Users.platform(TENANT),
                new NewUser(login, "Ada", "ada@example.com", Locale.ENGLISH, ZoneOffset.UTC, password, sets, null));
    }

    Identity identity(UUID user) {
        return users.identity(TENANT, user).orElseThrow();
    }

    LoginOutcome signIn(String login, String password) {
        return accounts.signIn().password(TENANT, login, password);
    }
}
