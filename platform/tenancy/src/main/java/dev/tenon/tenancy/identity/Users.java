package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final IdentityStores stores;
    private final IdentityStore store;
    private final Passwords passwords;
    private final Administration administration;
    private final AccountLinks links;
    private final IdentityLog log;
    private final Records records;
    private final ModelSource models;
    private final InstantSource clock;
    private final Map<Key, Cached> cache = new ConcurrentHashMap<>();

    Users(
            IdentityStores stores,
            Passwords passwords,
            Administration administration,
            AccountLinks links,
            IdentityLog log,
            Records records,
            ModelSource models,
            InstantSource clock) {
        this.stores = stores;
        this.store = stores.accounts();
        this.passwords = passwords;
        this.administration = administration;
        this.links = links;
        this.log = log;
        this.records = records;
        this.models = models;
        this.clock = clock;
    }

    /** The platform itself in a tenant, for work that no person asked for: the first users, generated data. */
    public static Identity platform(String tenant) {
        ActingUser nobody = new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneOffset.UTC);
        return new Identity(nobody, Identity.Kind.SYSTEM, Set.of());
    }

    /**
     * The identity with the rights of this moment; absent for unknown and deactivated users. For work in the background:
     * another node's change may count a second later here. Requests ask with the account that their token led to.
     */
    public Optional<Identity> identity(String tenant, UUID user) {
        Cached cached = cache.get(new Key(tenant, user));
        if (cached != null && clock.instant().isBefore(cached.checkedAt().plus(REVALIDATE))) {
            return Optional.of(cached.identity());
        }
        return store.find(tenant, user).flatMap(this::identity);
    }

    /** The identity behind an account that was read for this request. */
    Optional<Identity> identity(Account account) {
        Key key = new Key(account.tenant(), account.user());
        if (!account.active()) {
            cache.remove(key);
            return Optional.empty();
        }
        Cached cached = cache.get(key);
        Instant now = clock.instant();
        boolean known = false;
        Identity identity;
        if (cached != null && cached.revision() == account.revision()) {
            known = true;
            identity = cached.identity();
        } else {
            identity = load(account).orElse(null);
        }
        if (identity == null) {
            cache.remove(key);
            return Optional.empty();
        }
        if (cache.size() >= MOST_CACHED) {
            cache.clear();
        }
        cache.put(key, new Cached(identity, account.revision(), now));
        // What was read for it may be newer than the account: then it must not stay under the account's revision.
        if (!known
                && store.find(key.tenant(), key.user()).map(Account::revision).orElse(-1L) != account.revision()) {
            cache.remove(key);
        }
        return Optional.of(identity);
    }

    /** A user as {@code actor} may see one: everybody sees himself, administrators see all. */
    public UserAccount require(Identity actor, UUID user) {
        if (!actor.user().id().equals(user)) {
            administration.requireAdministrator(actor);
        }
        Account account = requireAccount(actor.tenant(), user);
        Row row = session(actor).find(OBJECT, user, Query.Selection.ALL).orElseThrow(() -> unknown(user));
        return account(account, row.values(), Standing.of(stores, actor.tenant()));
    }

    private Account requireAccount(String tenant, UUID user) {
        return store.find(tenant, user).orElseThrow(() -> unknown(user));
    }

    public List<UserAccount> all(Identity actor) {
        administration.requireAdministrator(actor);
        Map<UUID, Account> accounts = new HashMap<>();
        store.accounts(actor.tenant()).forEach(a -> accounts.put(a.user(), a));
        Standing standing = Standing.of(stores, actor.tenant());
        List<UserAccount> result = new ArrayList<>();
        RecordSession session = session(actor);
        for (int offset = 0; ; offset += PAGE) {
            var page = session.query(
                    new Query(OBJECT, Query.Selection.ALL, Optional.empty(), List.of(), PAGE, offset, false));
            for (Row row : page.rows()) {
                Account account = accounts.get(row.id());
                if (account != null) {
                    result.add(account(account, row.values(), standing));
                }
            }
            if (!page.more()) {
                return result;
            }
        }
    }

    /** Creates a user with an account; without a password he cannot sign in before he has followed an invitation. */
    public UserAccount create(Identity actor, NewUser user) {
        administration.requireAdministrator(actor);
        String tenant = actor.tenant();
        String login = normalized(user.login());
        if (!LOGIN.matcher(login).matches()) {
            throw IdentityError.LOGIN_MALFORMED.error().with("login", login).build();
        }
        if (user.name().isBlank()) {
            throw IdentityError.NAME_MISSING.error().build();
        }
        String password = user.password();
        if (password != null) {
            passwords.requireFit(tenant, login, password, null);
        }
        checkPermissionSets(tenant, user.permissionSets());
        if (store.findCredential(tenant, login).isPresent()) {
            throw IdentityError.LOGIN_TAKEN.error().with("login", login).build();
        }
        String hash = password == null ? IdentityStore.NO_PASSWORD : passwords.hash(password);
        RecordSession session = session(actor);
        // The store shares the transaction where both are in one database; else the account comes last and decides.
        Account created = session.inTransaction(() -> {
            Row row = session.create(OBJECT, PersonValues.of(user, login));
            administration.requireGives(actor, row.id(), user.permissionSets());
            Account account = new Account(tenant, row.id(), login, true, 1);
            store.insert(account, hash, user.permissionSets());
            log.note(Kind.CREATED, actor, account, String.join(", ", new TreeSet<>(user.permissionSets())));
            return account;
        });
        return require(actor, created.user());
    }

    /** Changes a user. Everybody may change own language and zone; the rest is for administrators. */
    public UserAccount change(Identity actor, UUID user, UserChange change) {
        String tenant = actor.tenant();
        boolean own = actor.user().id().equals(user);
        if (!own || !change.preferencesOnly()) {
            administration.requireManages(actor, user);
        }
        Account account = requireAccount(tenant, user);
        Set<String> sets = change.permissionSets();
        if (sets != null) {
            checkPermissionSets(tenant, sets);
            administration.requireGives(actor, user, sets);
        }
        boolean off = Boolean.FALSE.equals(change.active());
        if (own && (off || (sets != null && !administration.administers(tenant, sets)))) {
            throw IdentityError.OWN_ADMINISTRATION.error().build();
        }
        String password = change.password();
        if (password != null) {
            passwords.requireFit(tenant, account.login(), password, account);
        }
        if (change.name() != null && change.name().isBlank()) {
            throw IdentityError.NAME_MISSING.error().build();
        }
        boolean takesAway = off || sets != null;
        // Taking away comes first: if anything below fails, less is allowed than asked, never more.
        if (takesAway) {
            administration.keepingOne(tenant, () -> applied(actor, account, change));
        } else {
            applied(actor, account, change);
        }
        cache.remove(new Key(tenant, user));
        Map<String, @Nullable Object> values = PersonValues.of(change);
        if (!values.isEmpty()) {
            session(actor).update(OBJECT, user, Optional.empty(), values);
            store.touch(tenant, user);
            noteChange(actor, account, values.keySet());
        }
        cache.remove(new Key(tenant, user));
        return require(actor, user);
    }

    /** What is told by an event of its own, and what is a person's own taste, is not told once more. */
    private void noteChange(Identity actor, Account account, Set<String> changed) {
        Set<String> told = new TreeSet<>(changed);
        told.removeAll(Set.of("active", "locale", "zone"));
        if (!told.isEmpty()) {
            log.note(Kind.CHANGED, actor, account, String.join(", ", told));
        }
    }

    private boolean applied(Identity actor, Account account, UserChange change) {
        String tenant = account.tenant();
        UUID user = account.user();
        if (change.active() != null && change.active() != account.active()) {
            store.setActive(tenant, user, change.active());
            log.note(change.active() ? Kind.REACTIVATED : Kind.DEACTIVATED, actor, account, "");
        }
        Set<String> sets = change.permissionSets();
        Set<String> before = store.permissionSets(tenant, user);
        if (sets != null && !sets.equals(before)) {
            store.replacePermissionSets(tenant, user, sets);
            log.note(Kind.RIGHTS_CHANGED, actor, account, new TreeSet<>(before) + " -> " + new TreeSet<>(sets));
        }
        String password = change.password();
        if (password != null) {
            passwords.set(account, password);
            log.note(Kind.PASSWORD_CHANGED, actor, account, "by an administrator");
        }
        boolean off = Boolean.FALSE.equals(change.active());
        if (off || password != null) {
            stores.logins().deleteSessions(tenant, user);
            links.end(account);
        }
        if (off) {
            stores.tokens().deleteAll(tenant, user);
        }
        return true;
    }

    /** The person's own new password; all sessions but the one of this request end. */
    public void changePassword(Identity identity, String current, String wanted, Optional<String> session) {
        Account account = requireAccount(identity.tenant(), identity.user().id());
        passwords.prove(identity, current);
        passwords.requireFit(account.tenant(), account.login(), wanted, account);
        passwords.set(account, wanted);
        log.note(Kind.PASSWORD_CHANGED, identity, account, "by the person");
        for (LoginStore.Session other : stores.logins().sessions(account.tenant(), account.user(), Instant.EPOCH)) {
            if (!session.equals(Optional.of(other.id()))) {
                stores.logins().deleteSession(other.id());
            }
        }
    }

    /** Active users who hold the permission set. */
    public List<UUID> holders(String tenant, String permissionSet) {
        return store.holders(tenant, permissionSet);
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
                    PersonValues.locale(values.get("locale")),
                    PersonValues.zone(values.get("zone")));
            return new Identity(acting, Identity.Kind.USER, store.permissionSets(account.tenant(), account.user()));
        });
    }

    /** What is known beside of all users of a tenant, read once. */
    private record Standing(Set<UUID> invited, Set<UUID> withFactor) {
        static Standing of(IdentityStores stores, String tenant) {
            return new Standing(
                    stores.accounts().invited(tenant), stores.factors().users(tenant));
        }
    }

    private UserAccount account(Account account, Map<String, @Nullable Object> values, Standing standing) {
        return new UserAccount(
                account.user(),
                account.login(),
                values.get("name") instanceof String name ? name : account.login(),
                values.get("email") instanceof String email ? email : null,
                PersonValues.locale(values.get("locale")),
                PersonValues.zone(values.get("zone")),
                account.active(),
                standing.invited().contains(account.user()),
                standing.withFactor().contains(account.user()),
                values.get("manager") instanceof UUID manager ? manager : null,
                List.copyOf(new TreeSet<>(store.permissionSets(account.tenant(), account.user()))));
    }

    /** The engine's rights, because the user object is written by the platform only; the caller was checked here. */
    private RecordSession session(Identity actor) {
        return records.open(actor.asSystem(), HistoryEntry.Channel.SYSTEM);
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

    static String normalized(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    static PlatformException unknown(UUID user) {
        return IdentityError.UNKNOWN_USER.error().with("id", user).build();
    }

    private record Key(String tenant, UUID user) {}

    private record Cached(Identity identity, long revision, Instant checkedAt) {}
}
