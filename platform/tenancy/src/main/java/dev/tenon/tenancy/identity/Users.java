package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users of all tenants: their accounts, how they sign in, and the identity a request of theirs acts with. */
public final class Users {

    /** The object that holds people's names and languages. */
    public static final String OBJECT = "sys__User";

    private static final Pattern LOGIN = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,100}");
    /** How long another node may act on rights that were changed here; this node forgets at once. */
    private static final Duration REVALIDATE = Duration.ofSeconds(1);
    /** Against unbounded growth only: an entry is a few hundred bytes. */
    private static final int MOST_CACHED = 10_000;

    private static final int PAGE = 500;

    private final IdentityStore store;
    private final LoginStore logins;
    private final Passwords passwords;
    private final Records records;
    private final ModelSource models;
    private final InstantSource clock;
    private final Map<Key, Cached> cache = new ConcurrentHashMap<>();

    public Users(
            IdentityStore store,
            LoginStore logins,
            PasswordHasher hasher,
            Records records,
            ModelSource models,
            InstantSource clock) {
        this.store = store;
        this.logins = logins;
        this.passwords = new Passwords(store, hasher, clock);
        this.records = records;
        this.models = models;
        this.clock = clock;
    }

    /** The platform itself in a tenant, for work that no person asked for: the first users, generated data. */
    public static Identity platform(String tenant) {
        ActingUser nobody = new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneOffset.UTC);
        return new Identity(nobody, Identity.Kind.SYSTEM, Set.of());
    }

    /** Checks a password; the time it takes does not tell whether the login exists. */
    public LoginOutcome authenticate(String tenant, String login, String password) {
        return passwords.authenticate(tenant, normalized(login), password);
    }

    /** The identity with the rights of this moment; absent for unknown and deactivated users. */
    public Optional<Identity> identity(String tenant, UUID user) {
        Key key = new Key(tenant, user);
        Cached cached = cache.get(key);
        Instant now = clock.instant();
        if (cached != null && now.isBefore(cached.checkedAt().plus(REVALIDATE))) {
            return Optional.of(cached.identity());
        }
        Optional<Account> account = store.find(tenant, user).filter(Account::active);
        if (account.isEmpty()) {
            cache.remove(key);
            return Optional.empty();
        }
        long revision = account.get().revision();
        Identity identity = cached != null && cached.revision() == revision
                ? cached.identity()
                : load(account.get()).orElse(null);
        if (identity == null) {
            cache.remove(key);
            return Optional.empty();
        }
        if (cache.size() >= MOST_CACHED) {
            cache.clear();
        }
        cache.put(key, new Cached(identity, revision, now));
        // A change between the read above and this line must not be covered by an older entry.
        if (store.find(tenant, user).map(Account::revision).orElse(-1L) != revision) {
            cache.remove(key);
        }
        return Optional.of(identity);
    }

    /** A user as {@code actor} may see one: everybody sees himself, administrators see all. */
    public UserAccount require(Identity actor, UUID user) {
        if (!actor.user().id().equals(user)) {
            requireAdministrator(actor);
        }
        Account account = store.find(actor.tenant(), user).orElseThrow(() -> unknown(user));
        Row row = session(actor).find(OBJECT, user, Query.Selection.ALL).orElseThrow(() -> unknown(user));
        return account(account, row.values());
    }

    public List<UserAccount> all(Identity actor) {
        requireAdministrator(actor);
        Map<UUID, Account> accounts = new HashMap<>();
        store.accounts(actor.tenant()).forEach(a -> accounts.put(a.user(), a));
        List<UserAccount> result = new ArrayList<>();
        RecordSession session = session(actor);
        for (int offset = 0; ; offset += PAGE) {
            var page = session.query(
                    new Query(OBJECT, Query.Selection.ALL, Optional.empty(), List.of(), PAGE, offset, false));
            for (Row row : page.rows()) {
                Account account = accounts.get(row.id());
                if (account != null) {
                    result.add(account(account, row.values()));
                }
            }
            if (!page.more()) {
                return result;
            }
        }
    }

    /** Creates a user with an account. */
    public UserAccount create(Identity actor, NewUser user) {
        requireAdministrator(actor);
        String login = normalized(user.login());
        if (!LOGIN.matcher(login).matches()) {
            throw IdentityError.LOGIN_MALFORMED.error().with("login", login).build();
        }
        if (user.name().isBlank()) {
            throw IdentityError.NAME_MISSING.error().build();
        }
        Passwords.check(user.password());
        checkPermissionSets(actor.tenant(), user.permissionSets());
        if (store.findCredential(actor.tenant(), login).isPresent()) {
            throw IdentityError.LOGIN_TAKEN.error().with("login", login).build();
        }
        String hash = passwords.hash(user.password());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", user.name().strip());
        values.put("login", login);
        values.put("email", user.email());
        values.put("locale", user.locale().toLanguageTag());
        values.put("zone", user.zone().getId());
        values.put("active", true);
        values.put("manager", user.manager());
        RecordSession session = session(actor);
        // The store shares the transaction where both are in one database; else the account comes last and decides.
        Row row = session.inTransaction(() -> {
            Row created = session.create(OBJECT, values);
            store.insert(new Account(actor.tenant(), created.id(), login, true, 1), hash, user.permissionSets());
            return created;
        });
        return require(actor, row.id());
    }

    /** Changes a user. Everybody may change own language and zone; the rest is for administrators. */
    public UserAccount change(Identity actor, UUID user, UserChange change) {
        boolean own = actor.user().id().equals(user);
        boolean preferencesOnly = change.name() == null
                && change.email() == null
                && change.active() == null
                && change.password() == null
                && change.permissionSets() == null
                && change.manager() == null;
        if (!own || !preferencesOnly) {
            requireAdministrator(actor);
        }
        String tenant = actor.tenant();
        if (store.find(tenant, user).isEmpty()) {
            throw unknown(user);
        }
        Set<String> sets = change.permissionSets();
        if (sets != null) {
            checkPermissionSets(tenant, sets);
        }
        if (own && (Boolean.FALSE.equals(change.active()) || (sets != null && !administers(tenant, sets)))) {
            throw IdentityError.OWN_ADMINISTRATION.error().build();
        }
        String password = change.password();
        if (password != null) {
            Passwords.check(password);
        }
        if (change.name() != null && change.name().isBlank()) {
            throw IdentityError.NAME_MISSING.error().build();
        }
        // Taking away comes first: if anything below fails, less is allowed than asked, never more.
        if (change.active() != null) {
            store.setActive(tenant, user, change.active());
        }
        if (sets != null) {
            store.replacePermissionSets(tenant, user, sets);
        }
        if (password != null) {
            store.setPassword(tenant, user, passwords.hash(password));
        }
        if (Boolean.FALSE.equals(change.active()) || password != null) {
            logins.deleteSessions(tenant, user);
        }
        cache.remove(new Key(tenant, user));
        Map<String, @Nullable Object> values = changed(change);
        if (!values.isEmpty()) {
            session(actor).update(OBJECT, user, Optional.empty(), values);
            store.touch(tenant, user);
        }
        cache.remove(new Key(tenant, user));
        return require(actor, user);
    }

    /** Active users who hold the permission set. */
    public List<UUID> holders(String tenant, String permissionSet) {
        return store.holders(tenant, permissionSet);
    }

    private static Map<String, @Nullable Object> changed(UserChange change) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (change.name() != null) {
            values.put("name", change.name().strip());
        }
        if (change.email() != null) {
            values.put("email", change.email().isBlank() ? null : change.email());
        }
        if (change.locale() != null) {
            values.put("locale", change.locale().toLanguageTag());
        }
        if (change.zone() != null) {
            values.put("zone", change.zone().getId());
        }
        if (change.active() != null) {
            values.put("active", change.active());
        }
        if (change.manager() != null) {
            values.put("manager", change.manager().orElse(null));
        }
        return values;
    }

    private Optional<Identity> load(Account account) {
        Optional<Row> row = records.open(platform(account.tenant()), HistoryEntry.Channel.SYSTEM)
                .find(OBJECT, account.user(), Query.Selection.ALL);
        return row.map(found -> {
            Map<String, @Nullable Object> values = found.values();
            ActingUser acting = new ActingUser(
                    account.tenant(),
                    account.user(),
                    values.get("name") instanceof String name ? name : account.login(),
                    locale(values.get("locale")),
                    zone(values.get("zone")));
            return new Identity(acting, Identity.Kind.USER, store.permissionSets(account.tenant(), account.user()));
        });
    }

    private UserAccount account(Account account, Map<String, @Nullable Object> values) {
        return new UserAccount(
                account.user(),
                account.login(),
                values.get("name") instanceof String name ? name : account.login(),
                values.get("email") instanceof String email ? email : null,
                locale(values.get("locale")),
                zone(values.get("zone")),
                account.active(),
                values.get("manager") instanceof UUID manager ? manager : null,
                List.copyOf(new TreeSet<>(store.permissionSets(account.tenant(), account.user()))));
    }

    /** The engine's rights, because the user object is written by the platform only; the caller was checked here. */
    private RecordSession session(Identity actor) {
        return records.open(actor.asSystem(), HistoryEntry.Channel.SYSTEM);
    }

    private void requireAdministrator(Identity actor) {
        if (actor.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        CompiledModel model = models.current(actor.tenant());
        if (!model.access().holds(actor, SystemPermission.MANAGE_USERS)) {
            throw IdentityError.NOT_ALLOWED.error().build();
        }
    }

    private boolean administers(String tenant, Set<String> sets) {
        Map<String, PermissionSet> known = models.current(tenant).model().permissionSets();
        return sets.stream().anyMatch(s -> {
            PermissionSet set = known.get(s);
            return set != null && set.system().contains(SystemPermission.MANAGE_USERS);
        });
    }

    private void checkPermissionSets(String tenant, Set<String> sets) {
        Set<String> known = models.current(tenant).model().permissionSets().keySet();
        for (String set : sets) {
            if (!known.contains(set)) {
                throw IdentityError.UNKNOWN_PERMISSION_SET
                        .error()
                        .with("name", set)
                        .with("known", String.join(", ", new TreeSet<>(known)))
                        .build();
            }
        }
    }

    private static String normalized(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private static Locale locale(@Nullable Object tag) {
        return tag instanceof String text && !text.isBlank() ? Locale.forLanguageTag(text) : Locale.ENGLISH;
    }

    private static ZoneId zone(@Nullable Object id) {
        if (id instanceof String text && !text.isBlank()) {
            try {
                return ZoneId.of(text);
            } catch (java.time.DateTimeException notAZone) {
                return ZoneOffset.UTC;
            }
        }
        return ZoneOffset.UTC;
    }

    private static PlatformException unknown(UUID user) {
        return IdentityError.UNKNOWN_USER.error().with("id", user).build();
    }

    private record Key(String tenant, UUID user) {}

    private record Cached(Identity identity, long revision, Instant checkedAt) {}
}
