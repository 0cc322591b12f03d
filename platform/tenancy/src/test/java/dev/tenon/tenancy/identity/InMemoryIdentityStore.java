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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All three stores of this package in maps, for tests; held to the same contract as the ones in a database. */
public final class InMemoryIdentityStore implements IdentityStore, TokenStore, LoginStore {

    private record Key(String tenant, UUID user) {}

    private record Kept(
            Account account,
            String hash,
            int failures,
            @Nullable Instant pausedUntil,
            Set<String> sets) {}

    private final Map<Key, Kept> users = new HashMap<>();
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
                new Kept(account, passwordHash, 0, null, Set.copyOf(permissionSets)));
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
                .map(k -> new Credential(k.account(), k.hash(), k.pausedUntil()))
                .findFirst();
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
    public synchronized int addFailure(String tenant, UUID user) {
        change(tenant, user, k -> new Kept(k.account(), k.hash(), k.failures() + 1, k.pausedUntil(), k.sets()));
        Kept kept = users.get(new Key(tenant, user));
        return kept == null ? 0 : kept.failures();
    }

    @Override
    public synchronized void pause(String tenant, UUID user, Instant until) {
        change(tenant, user, k -> new Kept(k.account(), k.hash(), k.failures(), until, k.sets()));
    }

    @Override
    public synchronized void clearFailures(String tenant, UUID user) {
        change(tenant, user, k -> new Kept(k.account(), k.hash(), 0, null, k.sets()));
    }

    @Override
    public synchronized void setPassword(String tenant, UUID user, String passwordHash) {
        change(tenant, user, k -> new Kept(next(k.account()), passwordHash, 0, null, k.sets()));
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
                        k.failures(),
                        k.pausedUntil(),
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
                k -> new Kept(next(k.account()), k.hash(), k.failures(), k.pausedUntil(), Set.copyOf(permissionSets)));
    }

    @Override
    public synchronized void touch(String tenant, UUID user) {
        change(tenant, user, k -> new Kept(next(k.account()), k.hash(), k.failures(), k.pausedUntil(), k.sets()));
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
    public synchronized Optional<StoredToken> find(String hash) {
        return Optional.ofNullable(tokens.get(hash));
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
                ? new StoredToken(t.id(), t.tenant(), t.user(), t.name(), t.createdAt(), t.expiresAt(), at)
                : t);
    }

    @Override
    public synchronized void insertSession(Session session, String hash) {
        sessions.put(hash, session);
    }

    @Override
    public synchronized Optional<Session> findSession(String hash) {
        return Optional.ofNullable(sessions.get(hash));
    }

    @Override
    public synchronized void extendSession(String hash, Instant expiresAt) {
        sessions.computeIfPresent(hash, (h, s) -> new Session(s.tenant(), s.user(), s.createdAt(), expiresAt));
    }

    @Override
    public synchronized void deleteSession(String hash) {
        sessions.remove(hash);
    }

    @Override
    public synchronized void deleteSessions(String tenant, UUID user) {
        sessions.values().removeIf(s -> s.tenant().equals(tenant) && s.user().equals(user));
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
