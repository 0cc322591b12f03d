package dev.tenon.tenancy.port;

import dev.tenon.records.ComputedFields;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tenants, their layers and models, the repository of packages: tables of the platform's own schema. */
public interface TenancyStore {

    List<TenantRow> tenants();

    Optional<TenantRow> tenant(String key);

    /** Adds a tenant that is being created; false when the key is taken. */
    boolean addTenant(String key, String name, Instant at);

    /** The tenant exists from now on. */
    void activateTenant(String key);

    /** The tenant is being removed: it is in no list any more, and a start that finds it ends the removal. */
    void deactivateTenant(String key);

    /** Removes every row about the tenant. */
    void removeTenant(String key);

    /**
     * Does the work while no other thread or node does any under the same name; absent when it could not begin within
     * the patience. The right ends with the process. Not reentrant.
     */
    <T> Optional<T> exclusively(String name, Duration patience, Supplier<T> work);

    /** Keeps an archive under the hash of its bytes; does nothing when it is there. */
    void keepContent(String hash, byte[] archive);

    /** An archive that was kept. */
    byte[] content(String hash);

    /** Adds a package to the repository; absent on success, else the hash of the content that has the version. */
    Optional<String> addPackage(PackageRow row);

    List<PackageRow> packages();

    Optional<PackageRow> findPackage(String name, String version);

    /** The layers in force at a version. */
    Layering layering(String tenant, long version);

    /** What the tenant had under a package's name in all versions, the latest first. */
    List<Layering.Entry> formerLayers(String tenant, String packageName);

    /** Notes that a model is about to be published, before tables are changed for it. */
    void noteIntent(String tenant, long version, Instant at);

    /** Forgets the note. */
    void forgetIntent(String tenant);

    /** Tenants with a note: a publication was interrupted, or runs right now on some node. */
    List<String> intents();

    /**
     * Puts a version in force, in one transaction: its layers, the history entry, the conflicts, and the packages whose
     * initial data is due. The note stays until the tables are settled. False when another version than {@code expected} is in force.
     */
    boolean publish(NewVersion next);

    List<ModelVersion> history(String tenant, int limit);

    /** Names of packages whose initial data was not inserted yet. */
    List<String> seedsDue(String tenant);

    void seedDone(String tenant, String packageName);

    /** The oldest version whose computed values may be stored, where they have not been brought up to the one in force. */
    Optional<Long> recomputeDue(String tenant);

    /** Tenants in which formulas and roll-ups of existing records are yet to be computed anew. */
    List<String> recomputing();

    void recomputeDone(String tenant);

    /** How far it is; absent where nothing is done. */
    Optional<ComputedFields.Place> recomputePlace(String tenant);

    /** Notes how far it is. */
    void recomputeAt(String tenant, ComputedFields.Place place);

    List<ConflictRow> conflicts(String tenant);

    Optional<ConflictRow> conflict(String tenant, UUID id);

    /** Notes that the tenant's value stays; false when there was a decision already. */
    boolean keepMine(String tenant, UUID id, UUID by, String byName, Instant at);

    /**
     * @param version of the model in force, 0 before the first
     * @param platform hash of the system layer that the model in force was made with
     */
    record TenantRow(String key, String name, boolean active, long version, String platform, Instant createdAt) {}

    /**
     * @param title and summary by language tag
     * @param content hash of the archive
     */
    record PackageRow(
            String name,
            String namespace,
            String version,
            java.util.Map<String, String> title,
            java.util.Map<String, String> summary,
            String content,
            Instant addedAt) {}

    /**
     * A model to put in force.
     *
     * @param platform hash of the system layer
     * @param conflicts new ones; an open one about the same property is withdrawn
     * @param conflictDecided ends as THEIRS
     * @param conflictsWithdrawnOf package whose open conflicts are withdrawn
     * @param seedsDue packages whose initial data is to be inserted now
     * @param matchKeysDue by object, what keys of duplicate rules are made of that come or go
     * @param recompute formulas and roll-ups of existing records are to be computed anew
     */
    record NewVersion(
            String tenant,
            long expected,
            ModelVersion version,
            String fingerprint,
            String platform,
            Layering layering,
            List<ConflictRow> conflicts,
            Optional<UUID> conflictDecided,
            Optional<String> conflictsWithdrawnOf,
            List<String> seedsDue,
            Map<String, Set<String>> matchKeysDue,
            boolean recompute) {

        public NewVersion {
            conflicts = List.copyOf(conflicts);
            seedsDue = List.copyOf(seedsDue);
            matchKeysDue = Map.copyOf(matchKeysDue);
        }
    }

    /** What became of a conflict. */
    enum ConflictState {
        OPEN,
        MINE,
        THEIRS,
        /** The upgrade that brought it was taken back. */
        WITHDRAWN
    }

    /**
     * Both the product and the tenant changed a property.
     *
     * @param base the product's old value, theirs its new one, mine the tenant's, each as JSON; null where it was not set
     */
    record ConflictRow(
            UUID id,
            String packageName,
            String fromVersion,
            String toVersion,
            String element,
            String property,
            @Nullable String base,
            @Nullable String theirs,
            @Nullable String mine,
            ConflictState state,
            Instant createdAt,
            @Nullable UUID decidedBy,
            @Nullable String decidedByName,
            @Nullable Instant decidedAt) {}
}
