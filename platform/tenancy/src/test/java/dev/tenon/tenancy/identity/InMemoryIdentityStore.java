package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All stores of this package in maps, for tests; held to the same contract as the ones in a database. */
public final class InMemoryIdentityStore extends InMemoryFactors implements IdentityStore, TokenStore, LoginStore {

    /** This store in all its roles. */
    public IdentityStores stores() {
        return new IdentityStores(this, this, this, this, this, this);
    }

    private record Kept(
            Account account, String hash, @Nullable Instant changedAt, List<String> former, Set<String> sets) {}

    private record Failures(
            int count, Instant lastAt, @Nullable Instant pausedUntil) {}

    private final Map<Key, Kept> users = new HashMap<>();
    private final Map<Object, Failures> failures = new HashMap<>();
    private final Map<String, StoredToken> tokens = new HashMap<>();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, AuthorizationCode> codes = new HashMap<>();
    private final List<SigningKey> keys = new ArrayList<>();

    @Override
    public synchronized void insert(Account account, String passwordHash, Set<String> permissionSets) {
        if (findCredential(account.tenant(), account.login()).isPresent()) {
            throw IdentityError.LOGIN_TAKEN
                    .error()
                    .with("login", account.login())
                    .build();
        }
        users.put(
                new Key(account.tenant(), account.user()),
                new Kept(account, passwordHash, null, List.of(), Set.copyOf(permissionSets)));
    }

    @Override
    public synchronized Optional<Account> find(String tenant, UUID user) {
        return Optional.ofNullable(users.get(new Key(tenant, user))).map(Kept::account);
    }

    @Override
    public synchronized Optional<Credential> findCredential(String tenant, String login) {
        return users.values().stream()
                .filter(k -> k.account().tenant().equals(tenant)
                        && k.account().login().equals(login))
                .map(InMemoryIdentityStore::credential)
                .findFirst();
    }

    @Override
    public synchronized Optional<Credential> findCredential(String tenant, UUID user) {
        return Optional.ofNullable(users.get(new Key(tenant, user))).map(InMemoryIdentityStore::credential);
    }

    private static Credential credential(Kept kept) {
        return new Credential(kept.account(), kept.hash(), kept.changedAt());
    }

    @Override
    public synchronized List<Account> accounts(String tenant) {
        return users.values().stream()
                .map(Kept::account)
                .filter(a -> a.tenant().equals(tenant))
                .sorted(Comparator.comparing(Account::login))
                .toList();
    }

    @Override
    public synchronized Attempt attempt(String tenant, UUID user, Instant now, IntFunction<Optional<Instant>> pause) {
        return count(new Key(tenant, user), now, Instant.MIN, pause);
    }

    @Override
    public synchronized Attempt attemptFrom(
            String address, Instant now, Instant forget, IntFunction<Optional<Instant>> pause) {
        return count(address, now, forget, pause);
    }

    private Attempt count(Object what, Instant now, Instant forget, IntFunction<Optional<Instant>> pause) {
        Failures before = failures.getOrDefault(what, new Failures(0, now, null));
        Instant paused = before.pausedUntil();
        if (paused != null && now.isBefore(paused)) {
            return new Attempt(true, true, paused);
        }
        int count = (before.lastAt().isBefore(forget) ? 0 : before.count()) + 1;
        Optional<Instant> until = pause.apply(count);
        failures.put(what, new Failures(count, now, until.orElse(null)));
        return new Attempt(false, until.isPresent(), until.orElse(now));
    }

    @Override
    public synchronized void forgive(String tenant, UUID user) {
        forgiven(new Key(tenant, user));
    }

    @Override
    public synchronized void forgive(String address) {
        forgiven(address);
    }

    private void forgiven(Object what) {
        failures.computeIfPresent(what, (k, f) -> new Failures(Math.max(0, f.count() - 1), f.lastAt(), null));
    }

    @Override
    public synchronized void clearFailures(String tenant, UUID user) {
        failures.remove(new Key(tenant, user));
    }

    @Override
    public synchronized void setPassword(String tenant, UUID user, String passwordHash, Instant at) {
        clearFailures(tenant, user);
        change(tenant, user, k -> {
            List<String> former = new ArrayList<>(k.former());
            if (!k.hash().equals(NO_PASSWORD)) {
                former.addFirst(k.hash());
            }
            return new Kept(next(k.account()), passwordHash, at, List.copyOf(former), k.sets());
        });
    }

    @Override
    public synchronized void replaceHash(String tenant, UUID user, String before, String after) {
        change(
                tenant,
                user,
                k -> k.hash().equals(before) ? new Kept(k.account(), after, k.changedAt(), k.former(), k.sets()) : k);
    }

    @Override
    public synchronized List<String> formerPasswords(String tenant, UUID user, int limit) {
        Kept kept = users.get(new Key(tenant, user));
        return kept == null ? List.of() : kept.former().stream().limit(limit).toList();
    }

    @Override
    public synchronized Set<UUID> invited(String tenant) {
        return users.values().stream()
                .filter(k -> k.account().tenant().equals(tenant) && k.hash().equals(NO_PASSWORD))
                .map(k -> k.account().user())
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized int countAble(String tenant, Set<String> permissionSets) {
        return (int) users.values().stream()
                .filter(k -> k.account().tenant().equals(tenant)
                        && k.account().active()
                        && !k.hash().equals(NO_PASSWORD)
                        && k.sets().stream().anyMatch(permissionSets::contains))
                .count();
    }

    @Override
    public synchronized <T> T guardingHolders(String tenant, Set<String> permissionSets, Supplier<T> change) {
        Map<Key, Kept> before = new HashMap<>(users);
        Map<String, StoredToken> tokensBefore = new HashMap<>(tokens);
        Map<String, Session> sessionsBefore = new HashMap<>(sessions);
        int eventsBefore = eventCount();
        try {
            return change.get();
        } catch (RuntimeException refused) {
            users.clear();
            users.putAll(before);
            tokens.clear();
            tokens.putAll(tokensBefore);
            sessions.clear();
            sessions.putAll(sessionsBefore);
            forgetEvents(eventsBefore);
            throw refused;
        }
    }

    @Override
    public synchronized void setActive(String tenant, UUID user, boolean active) {
        change(
                tenant,
                user,
                k -> new Kept(
                        new Account(
                                tenant,
                                user,
                                k.account().login(),
                                active,
                                next(k.account()).revision()),
                        k.hash(),
                        k.changedAt(),
                        k.former(),
                        k.sets()));
    }

    @Override
    public synchronized Set<String> permissionSets(String tenant, UUID user) {
        Kept kept = users.get(new Key(tenant, user));
        return kept == null ? Set.of() : new TreeSet<>(kept.sets());
    }

    @Override
    public synchronized void replacePermissionSets(String tenant, UUID user, Set<String> permissionSets) {
        change(
                tenant,
                user,
                k -> new Kept(next(k.account()), k.hash(), k.changedAt(), k.former(), Set.copyOf(permissionSets)));
    }

    @Override
    public synchronized void touch(String tenant, UUID user) {
        change(tenant, user, k -> new Kept(next(k.account()), k.hash(), k.changedAt(), k.former(), k.sets()));
    }

    @Override
    public synchronized List<UUID> holders(String tenant, String permissionSet) {
        return users.values().stream()
                .filter(k -> k.account().tenant().equals(tenant)
                        && k.account().active()
                        && k.sets().contains(permissionSet))
                .map(k -> k.account().user())
                .sorted()
                .toList();
    }

    @Override
    public synchronized void removeTenant(String tenant) {
        users.keySet().removeIf(k -> k.tenant().equals(tenant));
        tokens.values().removeIf(t -> t.tenant().equals(tenant));
        sessions.values().removeIf(s -> s.tenant().equals(tenant));
        codes.values().removeIf(c -> c.tenant().equals(tenant));
        removeBeside(tenant);
    }

    private void change(String tenant, UUID user, UnaryOperator<Kept> how) {
        users.computeIfPresent(new Key(tenant, user), (key, kept) -> how.apply(kept));
    }

    private static Account next(Account account) {
        return new Account(account.tenant(), account.user(), account.login(), account.active(), account.revision() + 1);
    }

    @Override
    public synchronized void insert(StoredToken token, String hash) {
        tokens.put(hash, token);
    }

    @Override
    public synchronized Optional<LiveToken> findToken(String hash) {
        return Optional.ofNullable(tokens.get(hash))
                .flatMap(t -> find(t.tenant(), t.user()).map(account -> new LiveToken(t, account)));
    }

    @Override
    public synchronized void deleteAll(String tenant, UUID user) {
        tokens.values().removeIf(t -> t.tenant().equals(tenant) && t.user().equals(user));
    }

    @Override
    public synchronized List<StoredToken> ofUser(String tenant, UUID user) {
        return tokens.values().stream()
                .filter(t -> t.tenant().equals(tenant) && t.user().equals(user))
                .sorted(Comparator.comparing(StoredToken::createdAt).thenComparing(StoredToken::id))
                .toList();
    }

    @Override
    public synchronized boolean delete(String tenant, UUID user, UUID id) {
        return tokens.values()
                .removeIf(t -> t.tenant().equals(tenant) && t.user().equals(user) && t.id().equals(id));
    }

    @Override
    public synchronized void used(UUID id, Instant at) {
        tokens.replaceAll((hash, t) -> t.id().equals(id)
                ? new StoredToken(t.id(), t.tenant(), t.user(), t.name(), t.scopes(), t.createdAt(), t.expiresAt(), at)
                : t);
    }

    @Override
    public synchronized void insertSession(Session session) {
        sessions.put(session.id(), session);
    }

    @Override
    public synchronized Optional<LiveSession> findSession(String id) {
        return Optional.ofNullable(sessions.get(id))
                .flatMap(s -> find(s.tenant(), s.user()).map(account -> new LiveSession(s, account)));
    }

    @Override
    public synchronized void extendSession(String id, Instant seenAt, Instant expiresAt) {
        sessions.computeIfPresent(
                id,
                (h, s) -> new Session(
                        s.id(), s.tenant(), s.user(), s.address(), s.device(), s.createdAt(), seenAt, expiresAt));
    }

    @Override
    public synchronized boolean deleteSession(String tenant, UUID user, String id) {
        return sessions.values()
                .removeIf(s -> s.id().equals(id)
                        && s.tenant().equals(tenant)
                        && s.user().equals(user));
    }

    @Override
    public synchronized void deleteSession(String id) {
        sessions.remove(id);
    }

    @Override
    public synchronized void deleteSessions(String tenant, UUID user) {
        sessions.values().removeIf(s -> s.tenant().equals(tenant) && s.user().equals(user));
        codes.values().removeIf(c -> c.tenant().equals(tenant) && c.user().equals(user));
    }

    @Override
    public synchronized List<Session> sessions(String tenant, UUID user, Instant now) {
        return sessions.values().stream()
                .filter(s -> s.tenant().equals(tenant)
                        && s.user().equals(user)
                        && s.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Session::seenAt).reversed().thenComparing(Session::id))
                .toList();
    }

    @Override
    public synchronized void saveCode(AuthorizationCode code) {
        codes.values().removeIf(c -> c.id().equals(code.id()));
        codes.put(code.hash(), code);
    }

    @Override
    public synchronized Optional<AuthorizationCode> findCode(String hash) {
        return Optional.ofNullable(codes.get(hash));
    }

    @Override
    public synchronized void deleteCode(String id) {
        codes.values().removeIf(c -> c.id().equals(id));
    }

    @Override
    public synchronized void removeExpired(Instant now) {
        sessions.values().removeIf(s -> s.expiresAt().isBefore(now));
        codes.values().removeIf(c -> c.expiresAt().isBefore(now));
    }

    @Override
    public synchronized List<SigningKey> signingKeys() {
        return List.copyOf(keys);
    }

    @Override
    public synchronized void replaceSigningKey(SigningKey before, String jwk) {
        keys.replaceAll(key -> key.equals(before) ? new SigningKey(key.id(), jwk, key.createdAt()) : key);
    }

    @Override
    public synchronized void insertFirstSigningKey(SigningKey key) {
        if (keys.isEmpty()) {
            keys.add(key);
        }
    }
}
